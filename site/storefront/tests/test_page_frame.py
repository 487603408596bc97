"""What every page owes its reader: a title, one heading, landmarks, its own address and that of the other language."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from factories import make_commune, make_producer, make_product, make_recognition, show
from storefront.views import errors

PAGES = [
    "/",
    "/san-pham/",
    "/san-pham/che/",
    "/san-pham/do-uong-co-con/tuoi/",
    "/nha-san-xuat/",
    "/nha-san-xuat/htx-che/",
    "/xa/binh-lu/",
    "/tim-kiem/?q=che",
    "/kiem-tra/",
    "/huong-dan/",
    "/huong-dan/giao-hang/",
]


@pytest.fixture
def tea(db):
    made = make_product(make_producer(slug="htx-che", area=make_commune("Xã Bình Lư")), slug="che", title="Chè")
    make_recognition(made)
    show(made)
    return made


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_its_frame_in_both_languages(client, tea, address):
    page = soup(client.get(address))
    english = page.find("link", hreflang="en")["href"].removeprefix("http://localhost:8000")
    assert english.startswith("/en/")
    for language, shown in (("vi", page), ("en", soup(client.get(english)))):
        assert shown.html["lang"] == language
        assert len(shown.find_all("h1")) == 1
        assert shown.title.get_text().strip()
        assert shown.find("meta", {"name": "description"})["content"].strip()
        assert shown.find("link", rel="canonical")["href"].startswith("http://localhost:8000/")
        assert [len(shown.find_all(part)) for part in ("main", "header", "footer")][0::2] == [1, 1]
        assert shown.select_one("a.skip")["href"] == "#main"
        assert shown.select("[style], style, script:not([src]):not([type='application/ld+json'])") == []


@pytest.mark.parametrize("address", PAGES)
def test_headings_leave_out_no_level(client, tea, address):
    levels = [int(heading.name[1]) for heading in soup(client.get(address)).select("h1, h2, h3, h4")]
    steps = [after - before for before, after in zip(levels, levels[1:], strict=False)]
    assert levels.count(1) == 1
    assert max(steps, default=0) <= 1


def test_help_pages_have_a_slug_in_each_language(client, db):
    page = soup(client.get("/huong-dan/doi-tra/"))
    assert page.find("link", hreflang="en")["href"].endswith("/returns/")
    assert client.get("/huong-dan/returns/").status_code == 404


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503", "expired", "locked"])
@pytest.mark.parametrize("path", ["/x/", "/en/x/"])
def test_error_pages_ask_the_database_nothing(name, path):
    # No database fixture: a query would fail the test.
    response = errors.error_page(RequestFactory().get(path), name, 418)
    page = soup(response)
    assert page.html["lang"] == ("en" if path.startswith("/en/") else "vi")
    assert len(page.find_all("h1")) == 1
    assert page.find("link", rel="canonical") is None
