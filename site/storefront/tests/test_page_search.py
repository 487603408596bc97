"""Search: results of every kind, several values in a facet, chips that take one away, and what an empty list offers."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from areas.models import Area, Level, Succession, Village
from discovery.entries import rebuild
from discovery.models import Kind
from factories import make_commune, make_producer, make_product, make_recognition, show
from producers.models import Producer

pytestmark = pytest.mark.django_db


def page(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names(soup) -> list[str]:
    return [link.get_text() for link in soup.select(".card__name a")]


def links(soup, where: str) -> dict[str, str]:
    return {" ".join(link.get_text().split()): link["href"] for link in soup.select(f"{where} a")}


@pytest.fixture
def teas():
    """Two teas, a rice and their makers in two communes."""
    makers = [
        make_producer(name="HTX Mây", area=make_commune("Xã Bình Lư")),
        make_producer(name="Công ty Gạo", area=make_commune("Xã Than Uyên"), kind=Producer.Kind.COMPANY),
    ]
    made = {
        "shan": make_product(makers[0], title="Trà Shan", price=100_000),
        "nhai": make_product(makers[0], title="Trà nhài", price=200_000, set_number=2),
        "gao": make_product(makers[1], title="Gạo Séng Cù", in_stock=0, set_number=3),
    }
    show(*made.values())
    rebuild([maker.pk for maker in makers], Kind.PRODUCER)
    return made


def test_products_and_producers_stand_in_one_list(client, teas):
    assert names(page(client, "/tim-kiem/?q=binh lu")) == ["Trà nhài", "Trà Shan", "HTX Mây"]
    assert names(page(client, "/tim-kiem/?q=binh lu&kind=producer")) == ["HTX Mây"]
    assert len(names(page(client, "/tim-kiem/?q=binh lu&kind=producer&kind=product"))) == 3


def test_results_can_be_narrowed_and_sorted(client, teas):
    assert names(page(client, "/tim-kiem/?q=tra&sort=price")) == ["Trà Shan", "Trà nhài"]
    assert names(page(client, "/tim-kiem/?q=tra&price_to=150000")) == ["Trà Shan"]


def test_what_was_mistyped_is_said(client, teas):
    soup = page(client, "/tim-kiem/?q=tra shann")
    assert names(soup) == ["Trà Shan"]
    assert "tra shan" in soup.select_one(".page-head strong").get_text()


def test_where_nothing_was_found_and_chosen_there_is_nothing_to_narrow(client, teas):
    assert page(client, "/tim-kiem/?q=zzzqqq").select(".facets") == []
    assert page(client, "/tim-kiem/?q=tra&stars=5").select_one(".facets input[name=stars]:checked")


def test_several_values_of_a_facet_are_chosen_at_once(client, teas):
    both = page(client, "/san-pham/?group=nhom-2&group=nhom-3&sort=new")
    assert names(both) == ["Gạo Séng Cù", "Trà nhài"]
    chosen = both.select("input[name=group][checked]")
    assert [box["value"] for box in chosen] == ["nhom-2", "nhom-3"]


def test_each_chip_takes_away_one_value_and_keeps_the_rest(client, teas):
    chips = links(page(client, "/san-pham/?group=nhom-2&group=nhom-3&stock=1&page=1"), ".chips")
    assert chips["Bỏ Nhóm 2 ×"] == "/san-pham/?group=nhom-3&stock=1"
    assert chips["Bỏ còn hàng ×"] == "/san-pham/?group=nhom-2&group=nhom-3"


def test_on_a_group_s_own_page_its_chip_leads_to_all_products(client, teas):
    soup = page(client, "/san-pham/nhom/nhom-2/?stock=1")
    chips = links(soup, ".chips")
    assert chips["Bỏ Nhóm 2 ×"] == "/san-pham/?stock=1"
    assert chips["Bỏ còn hàng ×"] == "/san-pham/nhom/nhom-2/"
    assert soup.select_one("form.facets")["action"] == "/san-pham/"


def test_makers_by_their_kind(client, teas):
    assert names(page(client, "/san-pham/?maker=company")) == ["Gạo Séng Cù"]


def test_what_is_in_season_this_month(client):
    month = timezone.localdate().month
    now = make_product(title="Đang mùa", season_from=month, season_to=month)
    later = make_product(title="Chưa đến mùa", season_from=month % 12 + 1, season_to=month % 12 + 1)
    show(now, later)
    assert names(page(client, "/san-pham/?season=1")) == ["Đang mùa"]


def test_whose_stars_hold_long_enough(client):
    new, old = make_product(title="Sao mới"), make_product(title="Sao sắp hết hạn")
    make_recognition(new)
    make_recognition(old, issued_on=timezone.localdate() - timedelta(days=1000))
    show(new, old)
    assert names(page(client, "/san-pham/?certified=12")) == ["Sao mới"]


def test_by_the_people_of_the_village(client):
    commune = make_commune("Xã Thu Lũm")
    village = Village.objects.create(slug="mu-cai", name="Mù Cái", commune=commune, people="Hà Nhì", people_en="Ha Nhi")
    dress = make_product(title="Bộ trang phục", village=village)
    show(dress, make_product(title="Gạo"))
    assert names(page(client, "/san-pham/?people=ha-nhi")) == ["Bộ trang phục"]
    assert "Ha Nhi" in page(client, "/en/products/").select_one("input[name=people]").parent.get_text()


def test_what_is_sent_to_my_commune(client):
    here, there = make_commune("Xã Bình Lư"), make_commune("Xã Than Uyên")
    near = make_product(make_producer(area=here, reach=Producer.Reach.COMMUNE), title="Chỉ trong xã")
    far = make_product(make_producer(area=there, reach=Producer.Reach.COUNTRY), title="Cả nước")
    elsewhere = make_product(make_producer(area=there, reach=Producer.Reach.COMMUNE), title="Xã khác")
    show(near, far, elsewhere)
    assert not page(client, "/san-pham/").select("input[name=delivered]")
    client.cookies["commune"] = here.code
    soup = page(client, "/san-pham/?delivered=1")
    assert sorted(names(soup)) == ["Chỉ trong xã", "Cả nước"]
    assert soup.select_one("input[name=delivered]").parent.select("span")[-1].get_text() == "2"


def test_an_empty_list_offers_the_nearest_that_hold_something(client, teas):
    soup = page(client, "/san-pham/?group=nhom-3&stock=1&price_from=50000")
    assert names(soup) == []
    assert links(soup, ".notice")["Bỏ “còn hàng”"] == "/san-pham/?group=nhom-3&price_from=50000"


def test_a_search_without_result_offers_its_words(client, teas):
    soup = page(client, "/tim-kiem/?q=trà sầu riêng")
    assert links(soup, ".notice")["Chỉ tìm “trà”"] == "/tim-kiem/?q=tr%C3%A0"


def test_the_default_order_says_what_it_is(client, teas):
    assert "Xếp luân phiên" in page(client, "/san-pham/").select_one(".shelf__order").get_text()
    assert not page(client, "/san-pham/?sort=new").select(".shelf__order")


def test_one_result_and_thirty_cost_the_same_queries(client, django_assert_max_num_queries):
    show(make_product(title="Trà"))
    with django_assert_max_num_queries(12) as one:
        client.get("/tim-kiem/?q=tra")
    show(*[make_product(title=f"Trà {number}") for number in range(29)])
    with django_assert_max_num_queries(12) as thirty:
        client.get("/tim-kiem/?q=tra")
    assert len(thirty) == len(one)


def test_a_chip_of_a_former_commune_takes_it_away(client, teas):
    today = Area.objects.get(slug="binh-lu")
    former = Area.from_full_name("Xã Nà Tăm", level=Level.COMMUNE, parent=today.parent, held_until=date(2025, 6, 30))
    former.save()
    Succession.objects.create(former=former, present=today, is_main=True)

    chips = links(page(client, f"/san-pham/?commune={former.slug}&stars=5"), ".chips")

    assert chips == {"Bỏ 5 sao ×": "/san-pham/?commune=binh-lu", "Bỏ Xã Bình Lư ×": "/san-pham/?stars=5"}


def test_what_an_empty_list_offers_holds_as_many_as_it_says(client, teas):
    soup = page(client, "/san-pham/?branch=nganh-1&group=nhom-2&price_to=150000")
    offered = {link["href"]: link.parent.get_text() for link in soup.select(".notice .place-choices a")}

    assert list(offered) == ["/san-pham/?price_to=150000", "/san-pham/?group=nhom-2"]
    for address, words in offered.items():
        assert f"({len(names(page(client, address)))})" in words


def test_words_that_an_empty_list_offers_count_what_the_search_finds(client, teas):
    spirits = make_product(title="Rượu ngô", set_number=14)
    show(spirits)

    assert "Chỉ tìm “trà” (2)" in " ".join(
        page(client, "/san-pham/?q=trà %26%26 sầu").select_one(".notice").get_text().split()
    )
    assert not page(client, "/san-pham/?q=rượu sầu").select(".place-choices")
