"""Alcohol stands behind the age question, and nowhere else."""

import pytest

from factories import make_commune, make_producer, make_product, make_recognition, show

pytestmark = pytest.mark.django_db


@pytest.fixture
def spirit():
    made = make_product(make_producer(area=make_commune("Xã Bình Lư")), set_number=14, title="Rượu ngô")
    made.recognition = make_recognition(made)
    show(made)
    return made


@pytest.mark.parametrize("place", ["list", "product"])
def test_the_age_is_asked_first(client, spirit, place):
    address = "/san-pham/do-uong-co-con/" if place == "list" else f"/san-pham/{spirit.slug}/"
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/san-pham/do-uong-co-con/tuoi/?next=")


def test_who_says_yes_comes_to_what_was_asked_for(client, spirit):
    answer = {"answer": "yes", "next": f"/san-pham/{spirit.slug}/"}
    response = client.post("/san-pham/do-uong-co-con/tuoi/", answer, follow=True)
    assert response.redirect_chain == [(f"/san-pham/{spirit.slug}/", 302)]
    assert "Không bán cho người dưới 18 tuổi" in response.content.decode()
    cookie = client.cookies["of_age"]
    assert (cookie["samesite"], cookie["max-age"], cookie["expires"]) == ("Lax", "", "")


def test_who_says_no_sees_other_products_and_is_asked_again(client, spirit):
    response = client.post("/san-pham/do-uong-co-con/tuoi/", {"answer": "no"})
    assert response.url == "/san-pham/"
    assert client.get(f"/san-pham/{spirit.slug}/").status_code == 302


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_the_answer_leads_to_no_other_host(client, spirit, elsewhere):
    response = client.post("/san-pham/do-uong-co-con/tuoi/", {"answer": "yes", "next": elsewhere})
    assert response.url == "/san-pham/do-uong-co-con/"


def test_a_reader_of_age_still_finds_it_only_on_its_own_list(client, spirit):
    client.cookies["of_age"] = "1"
    assert b"R\xc6\xb0\xe1\xbb\xa3u ng\xc3\xb4" in client.get("/san-pham/do-uong-co-con/").content
    places = [
        "/",
        "/san-pham/",
        "/tim-kiem/?q=ruou ngo",
        "/xa/binh-lu/",
        f"/nha-san-xuat/{spirit.listing.producer.slug}/",
    ]
    for address in places:
        response = client.get(address)
        assert response.status_code == 200
        assert f"/{spirit.slug}/" not in response.content.decode(), address


def test_its_group_leads_to_its_own_list(client, spirit):
    assert client.get("/san-pham/nhom/do-uong-co-con/").url == "/san-pham/do-uong-co-con/"


def test_it_is_not_told_to_search_engines(client, spirit):
    client.cookies["of_age"] = "1"
    page = client.get(f"/san-pham/{spirit.slug}/").content
    assert b"ld+json" not in page
    assert b'content="noindex' in page
