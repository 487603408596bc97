"""Suggestions: what a beginning leads to, however it is typed, and what never stands among them."""

from datetime import date

import pytest
from django.utils import timezone, translation

from areas.models import Area, Level, Succession
from discovery import asking
from discovery.entries import has_new_words, rebuild
from discovery.highlighting import highlighted
from discovery.models import Edition, Entry, Kind
from discovery.suggesting import COMMUNE, GROUP, MOST, MOST_PRODUCTS, suggest
from discovery.words import words_of
from factories import make_commune, make_producer, make_product, show

pytestmark = pytest.mark.django_db


def told(typed: str, *kinds: str) -> list[str]:
    return [row.name for row in suggest(typed).rows if not kinds or row.kind in kinds]


def products(typed: str) -> list[str]:
    return told(typed, Kind.PRODUCT)


def make_former(full_name: str, present: Area, *, is_main: bool = True) -> Area:
    district = Area.from_full_name("Huyện Mường Tè", level=Level.DISTRICT, held_until=date(2025, 6, 30))
    district.save()
    former = Area.from_full_name(full_name, level=Level.COMMUNE, parent=district, held_until=date(2025, 6, 30))
    former.save()
    Succession.objects.create(former=former, present=present, is_main=is_main)
    return former


def make_page(kind: Kind, name: str, name_en: str, **fields) -> Entry:
    """The entry of an editor's page, as its source writes it."""
    entry = Entry.objects.create(
        kind=kind, key=name, slug="trang", name=name, name_en=name_en, folded="", words=words_of(name, name_en),
        listed_at=timezone.now(), **fields,
    )  # fmt: skip
    has_new_words([entry.words])
    Edition.renew()
    return entry


@pytest.fixture
def honey():
    product = make_product(title="Mật ong Pha Mu", name_en="[vi:Pha Mu] honey")
    show(product)
    return product


@pytest.mark.parametrize(
    "typed",
    ["mật ong", "mat ong", "MẬT ONG", "mặt ong", "ma", "mat o", "maatj ong", "ma65t ong", "matong", "pha m", "mu",
     "hone", "pha mu honey", "mat oong", "  mật   ong ", "ma\u0323\u0302t ong"],
)  # fmt: skip
def test_a_product_is_suggested_however_it_is_typed(honey, typed):
    assert products(typed) == ["Mật ong Pha Mu"]


@pytest.mark.parametrize("typed", ["tr", "tra", "trà x", "tea"])
def test_what_the_thing_itself_is_called_so_comes_first(typed):
    for title, english in (
        ("Trà xanh", "Green tea"),
        ("Bánh trà xanh", "Tea cake"),
        ("Thịt trâu", "Teal buffalo meat"),
    ):
        show(make_product(title=title, name_en=english))
    assert products(typed)[0] == "Trà xanh"


@pytest.mark.parametrize("typed", ["", " ", "m", "Đ", "!!", "…m…", "\0", "\0m"])
def test_too_little_suggests_nothing_and_asks_nothing(honey, typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert suggest(typed).rows == []


@pytest.mark.parametrize(
    "typed",
    [
        "zzzqqq",
        "ong mật gà vịt",
        "z" * 10_000,
        "a b " * 2_500,
        '" OR 1=1',
        "ma*",
        "NEAR(ma",
        "'; --",
        "🐝🐝",
        "%_",
        "<b>",
    ],
)
def test_anything_may_be_typed(honey, typed):
    assert products(typed) in ([], ["Mật ong Pha Mu"])


def test_a_nought_sign_in_it_is_passed_over(honey):
    assert products("mat\0 ong") == ["Mật ong Pha Mu"]


def test_in_english_names_are_english(honey):
    make_commune("Xã Pha Mu Mới")
    with translation.override("en"):
        assert told("pha m") == ["[vi:Pha Mu] honey", "Pha Mu Moi Commune"]
        assert [row.address for row in suggest("pha m").rows] == [
            f"/en/products/{honey.slug}/",
            "/en/commune/pha-mu-moi/",
        ]


def test_alcohol_is_never_suggested_nor_its_group():
    spirit, tea = make_product(title="Rượu ngô men lá", set_number=14), make_product(title="Rượu không phải: mứt")
    show(spirit, tea)
    assert told("rượu", Kind.PRODUCT) == ["Rượu không phải: mứt"]
    assert told("nhóm", GROUP) == [tea.listing.product_set.group.name]


def test_what_is_hidden_or_of_a_suspended_maker_is_not_suggested():
    hidden, stopped = make_product(title="Trà ẩn"), make_product(title="Trà dừng")
    show(hidden, stopped)
    assert sorted(products("trà")) == ["Trà dừng", "Trà ẩn"]
    type(hidden).objects.filter(pk=hidden.pk).update(is_public=False)
    maker = stopped.listing.producer
    maker.suspended_at, maker.suspension_reason = timezone.now(), "kiểm tra"
    maker.save()
    show(hidden, stopped)
    rebuild([maker.pk], Kind.PRODUCER)
    assert told("trà") == []
    assert told(maker.name) == []


def test_what_left_the_table_since_the_sets_were_made_is_not_suggested(honey, settings):
    settings.TALLY_SHARE = 0.000_001
    assert products("mat") == ["Mật ong Pha Mu"]
    Entry.objects.filter(product=honey).update(is_alcohol=True)
    Edition.renew()
    assert products("mat") == []


def test_a_commune_is_suggested_by_its_old_name():
    present = make_commune("Xã Thu Lũm")
    make_former("Xã Ka Lăng", present)
    for typed in ("Ka Lăng", "ka la", "kalang", "xã ka lăng", "ka lang commune"):
        (row,) = suggest(typed).rows
        assert (row.kind, row.name, row.note) == (COMMUNE, "Xã Ka Lăng", "nay thuộc xã Thu Lũm")
        assert row.address == "/xa/thu-lum/"
    with translation.override("en"):
        (row,) = suggest("ka lang").rows
        assert (row.name, row.note, row.address) == (
            "Ka Lang Commune",
            "now in Thu Lum Commune",
            "/en/commune/thu-lum/",
        )


def test_a_present_commune_is_told_once_though_a_former_one_bore_its_name():
    present = make_commune("Xã Thu Lũm")
    make_former("Xã Thu Lũm", present)
    assert [(row.name, row.note) for row in suggest("thu lum").rows] == [("Xã Thu Lũm", "")]


def test_a_former_commune_is_told_where_most_of_its_land_is():
    present = make_commune("Xã Thu Lũm")
    make_former("Xã Ka Lăng", present, is_main=False)
    assert suggest("ka lang").rows == []


def test_the_very_name_comes_before_longer_ones_and_those_that_hold_it():
    for name in ("Xã Bình Tả Lèng", "Xã Tả Lèng Cao", "Xã Tả Lèng"):
        make_commune(name)
    assert told("tả lèng", COMMUNE) == ["Xã Tả Lèng", "Xã Tả Lèng Cao", "Xã Bình Tả Lèng"]


def test_a_group_is_suggested_by_its_name_in_either_language(honey):
    group = honey.listing.product_set.group
    for typed in (group.name, group.name_en[:4]):
        (row,) = [row for row in suggest(typed).rows if row.kind == GROUP]
        assert (row.name, row.address) == (group.name, f"/san-pham/nhom/{group.slug}/")


def test_a_group_is_suggested_by_a_word_that_means_the_same(settings, tmp_path):
    settings.SYNONYMS_FILE = tmp_path / "synonyms.txt"
    settings.SYNONYMS_FILE.write_text("bắp, ngô non\n", "utf-8")
    corn = make_product(title="Bắp nếp")
    show(corn)
    group = corn.listing.product_set.group
    type(group).objects.filter(pk=group.pk).update(name="Bắp", name_en="Corn")
    assert told("ngo non", GROUP) == ["Bắp"]
    assert told("ngo", GROUP) == []


def test_pages_of_editors_are_suggested_in_the_language_they_are_written_in():
    make_page(Kind.STORY, "Chè trên mây", "Tea above the clouds", path="/cau-chuyen/che/", path_en="/en/stories/tea/")
    make_page(Kind.VILLAGE, "Chè Pang", "Che Pang", path="/ban-lang/che-pang/")
    assert [(row.kind, row.address) for row in suggest("che").rows] == [
        (Kind.VILLAGE, "/ban-lang/che-pang/"),
        (Kind.STORY, "/cau-chuyen/che/"),
    ]
    with translation.override("en"):
        assert [row.address for row in suggest("che").rows] == ["/en/stories/tea/"]


def test_a_producer_is_suggested_after_what_it_makes():
    maker = make_producer(name="Hợp tác xã Biên Cương")
    show(make_product(maker, title="Chè xanh"))
    rebuild([maker.pk], Kind.PRODUCER)
    assert [row.kind for row in suggest("bien cu").rows] == [Kind.PRODUCT, Kind.PRODUCER]


@pytest.mark.parametrize("few", [0, 2, 3])
def test_all_words_that_begin_so_lead_there_be_they_few_or_many(few, monkeypatch):
    monkeypatch.setattr(asking, "FEW_WORDS", few)
    show(*(make_product(title=title) for title in ("Mật ong", "Mắc khén", "Trà", "Chè mạn")))
    assert set(products("ma")) == {"Chè mạn", "Mắc khén", "Mật ong"}
    assert products("che m") == ["Chè mạn"]
    assert products("mat on") == products("mat ong") == ["Mật ong"]
    assert products("mat oi") == []


def test_there_are_eight_at_most_and_five_products_leave_room_for_others():
    maker = make_producer(name="Hợp tác xã Mẫu", area=make_commune("Xã Mẫu"))
    show(*(make_product(maker, title=f"Mẫu {number}") for number in range(9)))
    rebuild([maker.pk], Kind.PRODUCER)
    for number in range(9):
        make_page(Kind.STORY, f"Mẫu chuyện {number}", f"Mẫu {number}", path=f"/cau-chuyen/{number}/")
    rows = suggest("mau").rows
    assert len(rows) == MOST
    assert [row.kind for row in rows] == [Kind.PRODUCT] * MOST_PRODUCTS + [COMMUNE, Kind.STORY, Kind.PRODUCER]


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_as_much_of_one_product_as_of_thirty(count, django_assert_num_queries):
    maker = make_producer(area=make_commune("Xã Mật"))
    make_former("Xã Mật Cũ", maker.area)
    show(*(make_product(maker, title=f"Mật {number}") for number in range(count)))
    suggest("ga")
    with django_assert_num_queries(3):
        suggest("ma")
    with django_assert_num_queries(2):
        assert len(products("ma")) == min(count, MOST_PRODUCTS)


@pytest.mark.parametrize(
    ("name", "looked_for", "html"),
    [
        ("Trà Shan cổ thụ", "tra sh", "<mark>Trà</mark> <mark>Sh</mark>an cổ thụ"),
        ("Đồng Phương", "dong", "<mark>Đồng</mark> Phương"),
        ("Hạt mắc ca", "macca", "Hạt <mark>mắc ca</mark>"),
        ("Chè", "tra", "Chè"),
        ("Gà & gạo <b>", "gao", "Gà &amp; <mark>gạo</mark> &lt;b&gt;"),
        ("<mark>", "mark", "&lt;<mark>mark</mark>&gt;"),
        ("[vi:Séng Cù] rice", "vi seng", '<mark><span lang="vi">Séng</span></mark><span lang="vi"> Cù</span> rice'),
        ("[vi:Séng Cù] rice", "curice", '<span lang="vi">Séng Cù</span> rice'),
        ("ga\u0323o", "ga", "<mark>gạ</mark>o"),
        ("Mật", "", "Mật"),
    ],
)
def test_the_letters_that_were_typed_are_marked(name, looked_for, html):
    assert highlighted(name, looked_for) == html
