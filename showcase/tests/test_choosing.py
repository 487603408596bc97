"""How editors choose products and producers."""

import json

import pytest

from factories import make_commune, make_producer, make_user, show
from producers.suspension import suspend
from showcase.tests.writing import picture_of, sold

pytestmark = pytest.mark.django_db


def log_in(client, role="editor"):
    client.force_login(make_user(role), "accounts.login.EmailOrPhoneBackend")
    return client


def chosen_from(client, address: str) -> str:
    """The list that a chooser shows."""
    response = client.get(address)
    assert response.status_code == 200
    found = response.content.decode()
    return json.loads(found)["html"] if found.startswith("{") else found


def test_products_are_chosen_by_picture_name_maker_and_stars(client):
    maker = make_producer(name="Hợp tác xã Chè", area=make_commune("Xã Tả Lèng"))
    [tea] = sold(title="Trà Shan", producer=maker)
    tea.images.create(original=picture_of("che"))
    sold(stars=None, title="Miến dong")
    show(tea)

    listed = chosen_from(log_in(client), "/cms/choose/product/")

    for part in ("/media/che-336.webp", "Trà Shan", "Hợp tác xã Chè", "4 ★", "Miến dong", "–"):
        assert part in listed, part


@pytest.mark.parametrize("words", ["tra shan", "TRÀ", "shan cooperative che", "hop tac xa che"])
def test_products_are_found_without_accents_by_name_and_maker(client, words):
    sold(title="Trà Shan", producer=make_producer(name="Hợp tác xã Chè", name_en="Che Cooperative"))
    sold(title="Miến dong")
    listed = chosen_from(log_in(client), f"/cms/choose/product/results/?q={words}")
    assert "Trà Shan" in listed and "Miến dong" not in listed


def test_alcohol_hidden_products_and_those_of_suspended_producers_cannot_be_chosen(client, jobs):
    sold(title="Rượu ngô", set_number=14), sold(title="Hàng ẩn", is_public=False), sold(title="Trà Shan")
    [stopped] = sold(title="Hàng dừng")
    suspend(stopped.listing.producer, reason="Đang kiểm tra")
    jobs()
    listed = chosen_from(log_in(client), "/cms/choose/product/")
    assert "Trà Shan" in listed
    assert not [name for name in ("Rượu ngô", "Hàng ẩn", "Hàng dừng") if name in listed]


def test_producers_are_chosen_by_picture_name_and_commune_but_not_when_suspended(client):
    make_producer(name="Hợp tác xã Chè", area=make_commune("Xã Tả Lèng"), picture=picture_of("che"))
    suspend(make_producer(name="Hợp tác xã Dừng"), reason="Đang kiểm tra")
    log_in(client)
    for address in ("/cms/choose/producer/", "/cms/choose/producer/results/?q=hop tac che"):
        listed = chosen_from(client, address)
        for part in ("/media/che-336.webp", "Hợp tác xã Chè", "Xã Tả Lèng"):
            assert part in listed, (address, part)
        assert "Dừng" not in listed
    assert "Hợp tác xã Chè" not in chosen_from(client, "/cms/choose/producer/results/?q=mat ong")


@pytest.mark.parametrize("address", ["/cms/choose/product/", "/cms/choose/producer/", "/cms/choose/product/results/"])
def test_only_editors_choose(client, address):
    assert client.get(address).status_code == 302
    assert log_in(client, "").get(address).status_code == 403
    assert log_in(client, "editor").get(address).status_code == 200


def test_a_chooser_asks_as_much_for_a_full_list_as_for_one(client, django_assert_max_num_queries):
    sold(12)
    log_in(client)
    with django_assert_max_num_queries(14):
        assert chosen_from(client, "/cms/choose/product/").count(" ★") == 12
