"""The check of a star: what the register says of a code today."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from factories import make_producer, make_product, make_recognition, show
from programme.recognition import withdraw

pytestmark = pytest.mark.django_db


def check(client, recognition) -> BeautifulSoup:
    response = client.get(f"/kiem-tra/{recognition.check_code}/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_a_code_in_force_shows_its_stars_and_papers(client):
    recognition = make_recognition(make_product(title="Trà cổ thụ"), stars=5, number="12/QĐ-UBND")
    page = check(client, recognition)
    assert page.h1.get_text() == "Trà cổ thụ"
    assert page.select_one(".verdict use")["href"] == "#stars-5"
    assert "12/QĐ-UBND" in page.select_one(".facts").get_text()


@pytest.mark.parametrize("end", ["expired", "withdrawn"])
def test_a_code_that_ended_shows_no_star(client, end):
    recognition = make_recognition(make_product(), issued_on=date.today() - timedelta(days=3 * 366))
    if end == "withdrawn":
        withdraw(recognition, on=date.today(), cause="stopped")
    page = check(client, recognition)
    assert page.select_one(".verdict")["data-state"] == end
    assert page.select(".verdict use") == []


def test_an_older_code_gives_way_to_the_newest(client):
    tea = make_product()
    older = make_recognition(tea, stars=3, issued_on=date.today() - timedelta(days=400))
    newer = make_recognition(tea, stars=4)
    page = check(client, older)
    assert page.select(".verdict use") == []
    assert page.select_one(".verdict a")["href"] == f"/kiem-tra/{newer.check_code}/"


def test_only_the_products_that_hold_stars_are_named(client):
    maker = make_producer()
    tea, rated, plain = make_product(maker), make_product(maker, title="Có sao"), make_product(maker, title="Không sao")
    spirit = make_product(maker, title="Rượu", set_number=14)
    recognition = make_recognition(tea)
    make_recognition(rated)
    make_recognition(spirit)
    show(tea, rated, plain, spirit)
    named = [link.get_text() for link in check(client, recognition).select("section[aria-labelledby=others] a")]
    assert named == sorted([tea.title, "Có sao"])


def test_an_unknown_code_is_not_found_and_says_so(client):
    response = client.get("/kiem-tra/ABCDEFGHJK/")
    assert response.status_code == 404
    assert "Mã này không có trong sổ công nhận" in response.content.decode()


@pytest.mark.parametrize("typed", ["{spaced}", "{lower}", "12-03394-01-2026"])
def test_a_code_may_be_typed_as_it_is_read(client, typed):
    recognition = make_recognition(make_product())
    recognition.certificate_number = "12-03394-01-2026"
    recognition.save()
    code = recognition.check_code
    typed = typed.format(spaced=f" {code[:5]}-{code[5:]} ", lower=code.lower())
    assert client.get("/kiem-tra/", {"ma": typed}).url == f"/kiem-tra/{code}/"


def test_a_wrong_code_stays_in_the_form(client):
    response = client.get("/kiem-tra/", {"ma": "sai/mã\0"})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert page.select_one("#ma")["value"] == "sai/mã"
    assert page.select_one("#ma-error")


def test_the_page_is_small_and_has_no_script(client):
    maker = make_producer()
    products = [make_product(maker) for _ in range(10)]
    recognitions = [make_recognition(product) for product in products]
    show(*products)
    content = client.get(f"/kiem-tra/{recognitions[0].check_code}/").content
    assert len(content) <= 15_000
    assert b"<script" not in content
