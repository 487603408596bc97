"""Reports: what editors should look after."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import make_product, make_recognition
from pictures.models import Picture
from showcase.loading import load_pages
from showcase.models import StoryProduct
from showcase.reports import ADDRESSES, old_pages, starless_stories
from showcase.tests.working import client_of, write

pytestmark = pytest.mark.django_db
LONG_AGO = date(2019, 1, 1)


@pytest.fixture(autouse=True)
def tree():
    load_pages()


def tell_of(*products, in_body=False, **fields):
    links = [] if in_body else [StoryProduct(product=product) for product in products]
    body = [("products", {"products": list(products)})] if in_body else []
    return write(story_products=links, body=body, **fields)


def expired():
    product = make_product()
    make_recognition(product, issued_on=LONG_AGO)
    return product


def test_a_page_grows_old_after_half_a_year_without_a_change():
    for title, days in (("Cũ", 184), ("Rất cũ", 400), ("Mới", 182)):
        write(title=title, first_published_at=timezone.now() - timedelta(days=days))
    renewed = write(title="Cũ mà vừa sửa", first_published_at=timezone.now() - timedelta(days=400))
    renewed.save_revision()
    write(title="Chưa đăng", live=False, first_published_at=timezone.now() - timedelta(days=400))

    assert [page.title for page in old_pages()] == ["Rất cũ", "Cũ"]


@pytest.mark.parametrize("in_body", [False, True])
def test_a_story_is_listed_once_its_product_has_lost_its_stars(in_body):
    product, held, never = expired(), make_product(), make_product()
    make_recognition(held)
    tell_of(product, held, never, in_body=in_body, title="Hết sao")
    tell_of(held, never, in_body=in_body, title="Còn sao")

    [story] = starless_stories()

    assert (story.title, story.starless) == ("Hết sao", [product.title])


def test_a_product_that_was_rated_again_has_lost_nothing():
    product = expired()
    make_recognition(product)
    tell_of(product)

    assert starless_stories() == []


def test_a_picture_is_listed_until_it_is_described_in_both_languages():
    for title, alt, alt_en in (("Không lời", "", ""), ("Thiếu tiếng Anh", "Chè", ""), ("Đủ", "Chè", "Tea")):
        Picture.objects.create(title=title, file=f"{title}.jpg", width=1, height=1, alt=alt, alt_en=alt_en)

    page = client_of("editor").get("/cms/reports/anh-thieu-mo-ta/").content.decode()

    assert "Không lời" in page and "mô tả tiếng Việt, mô tả tiếng Anh" in page
    assert "Thiếu tiếng Anh" in page and ">Đủ<" not in page


@pytest.mark.parametrize("address", ADDRESSES.values())
@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_no_report_is_a_spreadsheet(address, export):
    answer = client_of("chief_editor").get(f"/cms/{address}?export={export}")

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "export=" not in answer.content.decode().replace(f"?export={export}", "")


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_an_empty_report_says_that_nothing_is_to_do(address):
    assert "Không có gì phải làm ở đây." in client_of("editor").get(f"/cms/{address}").content.decode()


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_thirty_rows_cost_as_many_queries_as_one(address):
    client = client_of("editor")
    client.get("/cms/")
    asked = [queries_of(client, address, rows) for rows in (1, 29)]

    assert asked[0] == asked[1]


def queries_of(client, address, rows) -> int:
    for number in range(rows):
        tell_of(expired(), title=f"Bài {number}", first_published_at=timezone.now() - timedelta(days=400))
        Picture.objects.create(title=f"Ảnh {number}", file=f"{number}.jpg", width=1, height=1)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/cms/{address}").content.decode()
    assert page.count("<tr") > rows
    return len(asked)


def test_the_menu_leads_to_each_report():
    page = client_of("editor").get("/cms/").content.decode()

    assert [address for address in ADDRESSES.values() if f"/cms/{address}" not in page] == []
