"""What is hidden, suspended or not published stands nowhere, and alcohol nowhere but on its list: pages, counts, feeds,
suggestions and the map are crawled for the name that only such things bear."""

import re
from collections import deque

import pytest
from wagtail.models import Page

from discovery.models import Entry, Kind
from factories import make_commune, make_producer, make_product, make_recognition, show
from producers.suspension import suspend
from showcase.loading import load_pages
from showcase.tests import kinds

pytestmark = pytest.mark.django_db
CANARY = "hoang yen"  # in names and slugs alike: "Hoàng Yến", "hoang-yen"
NAME = "Hoàng Yến"
KINDS = ("story", "village", "fair", "guide")
STARTS = (
    "/", "/en/", "/sitemap.xml", "/cau-chuyen/rss/", "/tin-tuc/rss/", "/en/stories/rss/", "/ban-do/", "/en/map/",
    "/tim-kiem/?q=hoang+yen", "/tim-kiem/?q=ho%C3%A0ng+y%E1%BA%BFn", "/tim-kiem/?q=hoangyen", "/tim-kiem/?q=hoanf+yen",
    "/en/search/?q=hoang+yen", "/tim-kiem/goi-y/?q=hoang", "/tim-kiem/goi-y/?q=ho", "/tim-kiem/goi-y/?q=hoang+ye",
    "/en/search/suggestions/?q=hoang", "/nha-san-xuat/?q=hoang+yen", "/san-pham/?q=hoang+yen", "/san-pham/?sort=name",
    *(f"/tim-kiem/?q=ban&kind={kind}" for kind in Kind.values),
)  # fmt: skip
ENOUGH = 600  # addresses; a small site has fewer


@pytest.fixture
def shop(settings, tmp_path, jobs):
    """A site in which all that bears the name is hidden in one way or another, beside much that is not."""
    settings.MEDIA_ROOT = tmp_path
    load_pages()
    here = make_commune("Xã Bình Lư")
    maker, gone = make_producer(name="HTX Chè", area=here), make_producer(name=f"HTX {NAME}", slug="hoang-yen-1")
    seen = [make_product(maker, title="Trà Shan"), make_product(maker, title="Mật ong", set_number=4)]
    hidden = [
        make_product(maker, title=f"Trà {NAME}", slug="tra-hoang-yen", is_public=False),
        make_product(maker, title=f"Rượu {NAME}", slug="ruou-hoang-yen", set_number=14),
        make_product(gone, title=f"Gạo {NAME}", slug="gao-hoang-yen", set_number=3),
    ]
    for product in (*seen, *hidden):
        make_recognition(product)
    show(*seen, *hidden)
    for kind in KINDS:
        kinds.write(kind, slug=f"{kind}-mo", title=f"{kind} mở")
        page = kinds.write(kind, slug=f"{kind}-hoang-yen", title=f"{kind} {NAME}")
        page.save_revision().publish()
    jobs()
    assert Entry.objects.filter(name__contains=NAME, kind__in=KINDS).count() == len(KINDS)
    suspend(gone, reason="Mẫu")
    for page in Page.objects.filter(slug__endswith="hoang-yen"):
        page.specific.unpublish()
    jobs()


def test_a_crawl_meets_nothing_that_is_hidden(shop, client):
    """What was typed is shown again in the page's fields and headings: there the name may stand as it was typed."""
    waiting, met = deque(STARTS), set(STARTS)
    while waiting and len(met) < ENOUGH:
        address = waiting.popleft()
        response = client.get(address)
        if response.status_code >= 300 or "text" not in response["content-type"] + "xml" * ("xml" in address):
            continue
        text = b"".join(response).decode() if response.streaming else response.content.decode()
        for line in text.splitlines():
            found = re.search(r"hoang-yen|Hoàng Yến", line)
            assert not found, (address, line.strip()[:200])
        for link in re.findall(r'(?:href="|<loc>|<link>)(?:http://testserver|http://localhost:8000)?(/[^"<#]*)', text):
            link = link.replace("&amp;", "&")
            if link not in met and not link.startswith(("/static/", "/media/", "/anh-chia-se/", "/cms/")):
                met.add(link)
                waiting.append(link)
    assert len(met) > 60


def test_counts_leave_it_out(shop, client):
    counted = client.get("/san-pham/").content.decode()
    assert re.search(r'id="found-heading">2 sản phẩm', counted)
    for kind in KINDS:
        assert f"{kind} mở" in client.get(f"/tim-kiem/?q={kind}").content.decode()


def test_alcohol_stands_on_its_list_after_the_question(shop, client):
    assert client.get("/san-pham/do-uong-co-con/").status_code == 302
    client.cookies["of_age"] = "1"
    assert "Rượu Hoàng Yến" in client.get("/san-pham/do-uong-co-con/?q=hoang+yen").content.decode()
    assert "Rượu Hoàng Yến" not in client.get("/tim-kiem/?q=ruou").content.decode()
    assert "Rượu Hoàng Yến" not in client.get("/tim-kiem/goi-y/?q=ruou").content.decode()
