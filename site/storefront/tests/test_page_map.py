"""The map page without scripts: what it counts, what narrows it, what it costs, and whom it asks."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from areas.models import Area, Village
from discovery.entries import rebuild
from discovery.models import Entry, Kind
from factories import make_commune, make_producer, make_product, make_recognition, show
from producers.models import Producer

pytestmark = pytest.mark.django_db


def place(full_name: str, latitude=22.4, longitude=103.4) -> Area:
    area = make_commune(full_name)
    Area.objects.filter(pk=area.pk).update(latitude=latitude, longitude=longitude, area_km2=200)
    area.refresh_from_db()
    return area


def show_makers(*producers) -> None:
    rebuild([producer.pk for producer in producers], Kind.PRODUCER)


def listed(client, query="", path="/ban-do/") -> dict[str, list[str]]:
    """The list beside the map: the texts of each commune's lines, by its name."""
    response = client.get(f"{path}{query}")
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return {
        line.h3.get_text(): [" ".join(each.get_text().split()) for each in line.select("p")]
        for line in page.select(".commune")
    }


def test_each_commune_tells_its_products_producers_and_villages(client):
    here, there, bare = place("Xã Bình Lư"), place("Xã Mường Than", 22.0, 103.9), place("Xã Mù Cả", 22.5, 102.5)
    tea_house, rice_house = make_producer(area=here, name="HTX Chè"), make_producer(area=there, name="HTX Gạo")
    show(make_product(tea_house), make_product(tea_house), make_product(rice_house))
    show_makers(tea_house, rice_house)
    Village.objects.create(slug="ban-hon", name="Bản Hon", commune=there)
    assert listed(client) == {
        "Xã Bình Lư": ["2 sản phẩm · 1 nhà sản xuất", "HTX Chè"],
        "Xã Mường Than": ["1 sản phẩm · 1 nhà sản xuất", "HTX Gạo", "Bản làng: Bản Hon"],
    }
    page = BeautifulSoup(client.get("/ban-do/").content, "html.parser")
    assert [line.get_text() for line in page.select(".communes__bare li")] == [bare.full_name]


def test_the_counts_are_those_of_the_rows_and_of_the_lists_that_they_lead_to(client):
    areas = [place(f"Xã Nơi {number}", 22 + number / 10) for number in range(4)]
    makers = [make_producer(area=areas[number % 3]) for number in range(8)]
    show(*(make_product(maker) for maker in makers for _ in range(makers.index(maker) % 3 + 1)))
    show_makers(*makers)
    page = BeautifulSoup(client.get("/ban-do/").content, "html.parser")
    for area in areas[:3]:
        line = page.find(id=area.slug)
        products, producers = line.select("p")[0].select("a")
        assert products.get_text() == f"{Entry.objects.open_to_all().filter(area=area).count()} sản phẩm"
        assert producers.get_text() == f"{Producer.objects.public().filter(area=area).count()} nhà sản xuất"
        for link in (products, producers):
            assert link.get_text() in client.get(link["href"]).content.decode()


def test_a_village_stands_where_it_is_and_leads_to_its_page_or_to_its_commune(client):
    here = place("Xã Bình Lư")
    hon = Village.objects.create(slug="ban-hon", name="Bản Hon", commune=here, latitude=22.35, longitude=103.52)
    Village.objects.create(slug="na-luong", name="Nà Luồng", commune=here)
    Entry.objects.create(
        kind=Kind.VILLAGE, key="1", village=hon, area=here, slug="hon", path="/ban-lang/hon/", listed_at=timezone.now()
    )
    page = BeautifulSoup(client.get("/ban-do/").content, "html.parser")
    links = [(link["href"], link.get("data-village")) for link in page.select(".commune p a")]
    assert links == [("/ban-lang/hon/", "22.3500 103.5200"), ("/xa/binh-lu/#na-luong", None)]
    in_english = BeautifulSoup(client.get("/en/map/").content, "html.parser").select_one(".commune p a")
    assert in_english["href"] == "/en/commune/binh-lu/#ban-hon"  # its page is not translated


def test_filters_leave_the_communes_that_what_was_found_comes_from(client):
    here, there = place("Xã Bình Lư"), place("Xã Mường Than", 22.0)
    rated, plain = make_product(make_producer(area=here)), make_product(make_producer(area=there))
    make_recognition(rated, stars=4)
    show(rated, plain)
    assert list(listed(client, "?stars=4")) == ["Xã Bình Lư"]
    assert list(listed(client, "?commune=muong-than")) == ["Xã Mường Than"]
    assert list(listed(client, "?commune=muong-than&commune=binh-lu")) == ["Xã Bình Lư", "Xã Mường Than"]
    page = BeautifulSoup(client.get("/ban-do/?stars=4").content, "html.parser")
    assert page.select_one("form.facets")["action"] == "/ban-do/"
    assert page.select_one(".chip")["href"] == "/ban-do/"
    assert page.select_one(".commune p a")["href"] == "/san-pham/?stars=4&commune=binh-lu"


def test_producers_are_of_the_wished_kinds_and_villages_of_the_wished_peoples(client):
    here = place("Xã Bình Lư")
    house = make_producer(area=here, name="Hộ Lò", kind=Producer.Kind.HOUSEHOLD)
    group = make_producer(area=here, name="HTX Chè")
    hmong = Village.objects.create(slug="a", name="Bản A", commune=here, people="Mông", people_en="Hmong")
    Village.objects.create(slug="b", name="Bản B", commune=here, people="Thái", people_en="Thai")
    show(make_product(house, village=hmong), make_product(group))
    show_makers(house, group)
    assert listed(client, "?maker=household")["Xã Bình Lư"][:2] == ["1 sản phẩm · 1 nhà sản xuất", "Hộ Lò"]
    assert listed(client, "?people=mong")["Xã Bình Lư"][2:] == ["Bản làng: Bản A"]


def test_a_wish_among_products_leaves_those_who_make_one(client):
    here = place("Xã Bình Lư")
    rated, plain = make_producer(area=here, name="HTX Chè"), make_producer(area=here, name="HTX Gạo")
    tea, rice = make_product(rated, title="Trà Shan"), make_product(plain, title="Gạo Séng Cù")
    make_recognition(tea, stars=4)
    show(tea, rice)
    show_makers(rated, plain)
    assert listed(client)["Xã Bình Lư"][0] == "2 sản phẩm · 2 nhà sản xuất"
    assert listed(client, "?stars=4")["Xã Bình Lư"] == ["1 sản phẩm · 1 nhà sản xuất", "HTX Chè"]
    assert listed(client, "?q=gao")["Xã Bình Lư"] == ["1 sản phẩm · 1 nhà sản xuất", "HTX Gạo"]


def test_producers_told_lead_to_a_list_of_just_so_many(client):
    here, there = place("Xã Bình Lư"), place("Xã Mường Than", 22.0)
    makers = [make_producer(area=here, name=f"HTX Chè {number}") for number in range(5)]
    house = make_producer(area=here, name="Hộ Lò", kind=Producer.Kind.HOUSEHOLD)
    products = [make_product(maker) for maker in makers]
    from_there, plain = make_product(house, area=there), make_product(house)
    for product in (*products[:4], from_there):
        make_recognition(product, stars=4)
    show(*products, from_there, plain)
    show_makers(*makers, house)

    def told(query: str) -> tuple[str, str, str]:
        line = BeautifulSoup(client.get(f"/ban-do/{query}").content, "html.parser").find(id=here.slug)
        link = line.p.select_one("a + a")
        return line.p.get_text().split(" · ")[1], link and link["href"], line.select_one(".commune__makers").get_text()

    count, address, names = told("?maker=household")
    assert (count, address, names) == ("1 nhà sản xuất", "/nha-san-xuat/?commune=binh-lu&kind=household", "Hộ Lò")
    assert count in client.get(address).content.decode()
    count, address, names = told("?stars=4")
    assert (count, address) == ("5 nhà sản xuất", "/ban-do/?stars=4&commune=binh-lu")
    assert names.endswith("và 2 nhà nữa")
    count, address, names = told("?stars=4&commune=binh-lu")
    assert (count, address) == ("5 nhà sản xuất", None)  # all are named here
    assert sorted(names.split(", ")) == ["HTX Chè 0", "HTX Chè 1", "HTX Chè 2", "HTX Chè 3", "Hộ Lò"]
    of_two_kinds = "/ban-do/?maker=household&maker=cooperative"
    assert told("?maker=household&maker=cooperative")[:2] == ("6 nhà sản xuất", f"{of_two_kinds}&commune=binh-lu")


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/nha-san-xuat/", "/ban-do/"),
        ("/xa/binh-lu/", "/ban-do/"),
        ("/san-pham/?branch=nganh-1&stars=&sort=price&page=1", "/ban-do/?branch=nganh-1"),
        ("/san-pham/nhom/nhom-1/?stars=4", "/ban-do/?stars=4&group=nhom-1"),
    ],
)
def test_lists_lead_to_the_map_of_what_they_show(client, page, address):
    rated = make_product(make_producer(area=place("Xã Bình Lư")))
    make_recognition(rated, stars=4)
    show(rated)
    links = BeautifulSoup(client.get(page).content, "html.parser").select("main a")
    assert address in [link["href"] for link in links]
    assert "Xã Bình Lư" in listed(client, address.removeprefix("/ban-do/"))


def test_where_nothing_fits_the_page_offers_wider_ones(client):
    here, there = place("Xã Bình Lư"), place("Xã Mường Than", 22.0)
    rated = make_product(make_producer(area=here))
    make_recognition(rated, stars=4)
    show(rated, make_product(make_producer(area=there)))
    page = BeautifulSoup(client.get("/ban-do/?stars=4&commune=muong-than").content, "html.parser")
    assert page.select(".commune") == []
    assert sorted(link["href"] for link in page.select(".place-choices a")) == [
        "/ban-do/?commune=muong-than",
        "/ban-do/?stars=4",
    ]


def test_what_is_hidden_suspended_or_alcohol_is_not_there(client):
    here = place("Xã Bình Lư")
    maker = make_producer(area=here, name="HTX Còn")
    gone = make_producer(area=here, name="HTX Chim Báo", suspended_at=timezone.now(), suspension_reason="Kiểm tra")
    hidden = make_product(maker, title="Chim báo", is_public=False)
    spirit = make_product(maker, set_number=14, title="Rượu chim báo")
    show(make_product(maker), hidden, spirit, make_product(gone, title="Chim báo khác"))
    show_makers(maker, gone)
    assert listed(client)["Xã Bình Lư"] == ["1 sản phẩm · 1 nhà sản xuất", "HTX Còn"]
    for query in ("", "?q=chim+bao", "?commune=binh-lu"):
        assert "himbáo" not in re.sub(r"\s|value=\S+", "", client.get(f"/ban-do/{query}").content.decode())


def test_stars_that_ended_bring_nothing_onto_the_map(client):
    ended = make_product(make_producer(area=place("Xã Bình Lư")))
    make_recognition(ended, stars=4, issued_on=date.today() - timedelta(days=3 * 366))
    show(ended)
    assert listed(client, "?stars=4") == {}


def test_the_drawing_has_each_commune_and_marks_those_with_products(client):
    place("Xã Mường Than", 22.0, 103.9)
    show(make_product(make_producer(area=place("Xã Bình Lư"))))
    drawing = BeautifulSoup(client.get("/ban-do/").content, "html.parser").select_one(".ground svg")
    assert sorted(title.get_text() for title in drawing.select("title")) == ["Xã Bình Lư", "Xã Mường Than"]
    assert [dot.title.get_text() for dot in drawing.select(".map__here")] == ["Xã Bình Lư"]
    assert sorted(name.get_text() for name in drawing.select("text")) == ["Bình Lư", "Mường Than"]


def test_a_commune_whose_place_is_not_known_stands_in_the_list(client):
    show(make_product(make_producer(area=make_commune("Xã Chưa Đo"))))
    page = BeautifulSoup(client.get("/ban-do/").content, "html.parser")
    assert page.select(".ground") == []
    assert [line.h3.get_text() for line in page.select(".commune")] == ["Xã Chưa Đo"]


def test_it_takes_the_same_queries_with_one_product_and_with_thirty(client, django_assert_max_num_queries):
    def add(number):
        area = place(f"Xã Nơi {number}", 22 + number / 100)
        maker = make_producer(area=area)
        Village.objects.create(slug=f"ban-{number}", name=f"Bản {number}", commune=area)
        show(make_product(maker))
        show_makers(maker)

    add(0)
    client.get("/ban-do/")
    with django_assert_max_num_queries(12) as one:
        client.get("/ban-do/")
    for number in range(1, 30):
        add(number)
    client.get("/ban-do/")  # counts anew what has changed
    with django_assert_max_num_queries(12) as thirty:
        client.get("/ban-do/")
    assert len(thirty) == len(one)


def test_it_speaks_english(client):
    maker = make_producer(area=place("Xã Bình Lư"), name="HTX Chè", name_en="Tea Co-operative")
    show(make_product(maker))
    show_makers(maker)
    assert listed(client, path="/en/map/") == {"Binh Lu Commune": ["1 product · 1 producer", "Tea Co-operative"]}
    page = BeautifulSoup(client.get("/en/map/").content, "html.parser")
    assert page.h1.get_text() == "Map"
    assert page.select_one(".commune p a")["href"] == "/en/products/?commune=binh-lu"
    assert [name.get_text() for name in page.select(".ground text")] == ["Binh Lu"]


@pytest.mark.parametrize("query", ["?stars=9&commune=%00&people=x'", "?q=%25%27%00", "?set=-1&price_from=abc&page=-1"])
def test_what_is_no_filter_is_left_out(client, query):
    show(make_product(make_producer(area=place("Xã Bình Lư"))))
    assert client.get(f"/ban-do/{query}").status_code == 200


def pictures_allowed(response) -> list[str]:
    return next(
        part.split()[1:] for part in response["Content-Security-Policy"].split(";") if part.split()[0] == "img-src"
    )


def test_without_a_tile_server_the_page_asks_nobody(client):
    place("Xã Bình Lư")
    response = client.get("/ban-do/")
    assert pictures_allowed(response) == ["'self'", "data:"]
    assert "data-tiles" not in response.content.decode()


@pytest.mark.parametrize(
    ("address", "origins"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", ["https://tiles.example"]),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}.png", [f"https://{s}.tiles.example:8443" for s in "abc"]),
        ("/tiles/{z}/{x}/{y}.png", []),
    ],
)
def test_the_map_s_page_alone_opens_exactly_the_tile_server_s_host(client, settings, address, origins):
    settings.MAP_TILES_URL, settings.MAP_TILES_ATTRIBUTION = address, "© Ai Đó <b>"
    place("Xã Bình Lư")
    response = client.get("/ban-do/")
    page = BeautifulSoup(response.content, "html.parser")
    assert pictures_allowed(response) == ["'self'", "data:", *origins]
    assert page.select_one(".ground")["data-tiles"] == address
    assert page.select_one(".ground__note").get_text() == "© Ai Đó <b>"
    assert pictures_allowed(client.get("/san-pham/")) == ["'self'", "data:"]
