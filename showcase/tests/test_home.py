"""The home page: each part as readers see it, in the order editors chose, and what is shown when things are gone."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from factories import make_commune, make_producer, make_user, show
from showcase import models
from showcase.blocks.home import HomeBlock
from showcase.home_parts import STANDARD
from showcase.loading import load_pages
from showcase.models import HomePage
from showcase.tests.writing import index_of, picture_of, publish, publish_story, sold

pytestmark = pytest.mark.django_db
PARTS = HomeBlock().child_blocks
ADDRESS = {"vi": "/", "en": "/en/"}
NO_LINK = {"words": "", "page": None, "address": ""}
BLANK = ("title", "group")  # what an editor leaves empty


@pytest.fixture(autouse=True)
def tree():
    load_pages()


def value_of(kind: str, **fields):
    """What a part holds that an editor has only just added, with these fields."""
    if kind == "how":
        return None
    blank = {name: "" for name in BLANK if name in PARTS[kind].child_blocks}
    return PARTS[kind].normalize({**PARTS[kind].get_default(), **blank, **fields})


def arrange(*parts, language="vi") -> HomePage:
    home = HomePage.objects.get(locale__language_code=language)
    home.parts = [part if isinstance(part, tuple) else (part, value_of(part)) for part in parts]
    home.save()
    return home


def in_both(kind, **fields) -> dict:
    """A published page in both languages, the same page."""
    first = publish(index_of(kind, "vi"), **fields)
    english = {"title": "In English", "slug": f"in-{first.slug}", "summary": "Told in English."}
    other = publish(index_of(kind, "en"), **{**fields, **english, "translation_key": first.translation_key})
    return {"vi": first, "en": other}


@pytest.fixture
def world():
    """One of everything that a part can show, in both languages."""
    commune = make_commune("Xã Tả Lèng")
    month, today = timezone.localdate().month, timezone.localdate()
    maker = make_producer(area=commune)
    [product] = sold(producer=maker, title="Trà Shan", name_en="Shan tea", season_from=month, season_to=month)
    picture, village = picture_of("che"), commune.villages.create(slug="ban-hon", name="Bản Hon", name_en="Ban Hon")
    older = in_both(models.StoryIndexPage, title="Chuyện cũ", slug="cu", picture=picture)
    newer = in_both(models.StoryIndexPage, picture=picture)
    days = {"starts_on": today, "ends_on": today + timedelta(days=1), "place": "Chợ San Thàng", "commune": commune}
    return SimpleNamespace(
        commune=commune,
        product=product,
        picture=picture,
        older=older,
        newer=newer,
        fair=in_both(models.FairIndexPage, title="Hội chè", slug="hoi-che", **days),
        village=in_both(models.VillageIndexPage, title="Bản Hon", slug="ban-hon", village=village),
        feature=in_both(models.FeatureIndexPage, title="Mùa chè", slug="mua-che", slogan="Một tôm hai lá"),
    )


# For each part: its value, and what a reader sees of it in Vietnamese and in English.
SHOWN = {
    "lead": lambda w: (
        value_of("lead", story=w.older["vi"].pk),
        ['<h1 class="lead__title" id="lead">Chuyện cũ</h1>', 'href="/cau-chuyen/cu/"', 'alt="Ảnh che"'],
        ['<h1 class="lead__title" id="lead">In English</h1>', 'href="/en/stories/in-cu/"', 'alt="Picture che"'],
    ),
    "groups": lambda w: (
        value_of("groups", level="groups"),
        ["Nhóm 1</b> <span>1 sản phẩm</span>", 'href="/san-pham/nhom/nhom-1/"'],
        ["Group 1</b> <span>1 product</span>", 'href="/en/products/group/nhom-1/"'],
    ),
    "rated": lambda w: (
        value_of("rated", stars="4", group="nhom-1"),
        ["Được xếp hạng 4 – 5 sao</h2>", "Trà Shan</a>", 'href="/san-pham/nhom/nhom-1/"'],
        ["Rated 4 – 5 stars</h2>", "Shan tea</a>", 'href="/en/products/group/nhom-1/"'],
    ),
    "season": lambda w: (
        value_of("season"),
        ["Đang vào mùa</h2>", "Trà Shan</a>"],
        ["In season now</h2>", "Shan tea</a>"],
    ),
    "how": lambda w: (None, ["Một ngôi sao từ đâu mà có</h2>"], ["Where a star comes from</h2>"]),
    "stories": lambda w: (
        value_of("stories", title="Chuyện mới"),
        ["Chuyện mới</h2>", "Mật ong ba vùng</a>", "Chuyện cũ</a>"],
        ["In English</a>", 'href="/en/stories/"'],
    ),
    "feature": lambda w: (
        value_of("feature", feature=w.feature["vi"].pk),
        ["Mùa chè</h2>", "Một tôm hai lá", 'href="/chuyen-de/mua-che/"'],
        ["In English</h2>", 'href="/en/features/in-mua-che/"'],
    ),
    "fairs": lambda w: (
        value_of("fairs"),
        ["Hội chợ sắp tới</h2>", 'href="/hoi-cho/hoi-che/"', "Chợ San Thàng, Xã Tả Lèng"],
        ["Next fairs</h2>", 'href="/en/fairs/in-hoi-che/"'],
    ),
    "points": lambda w: (
        value_of("points", points=[point("Quầy ở chợ", commune=w.commune.slug)]),
        ["Quầy ở chợ</h3>", 'Lô 3, <a href="/xa/ta-leng/">Xã Tả Lèng</a>', "Mở cửa: 7–19 giờ", TELEPHONE],
        ["Open: 7–19 giờ", 'href="/en/commune/ta-leng/"', TELEPHONE],
    ),
    "villages": lambda w: (
        value_of("villages"),
        ["Những bản làng</h2>", 'href="/ban-lang/ban-hon/"', "Bản Hon</b>"],
        ['href="/en/villages/in-ban-hon/"', "Ban Hon</b>"],
    ),
    "slogan": lambda w: (
        value_of("slogan", text="Một tôm hai lá", link={**NO_LINK, "words": "Đọc", "page": w.newer["vi"].pk}),
        ['slogan__text">Một tôm hai lá</p>', 'href="/cau-chuyen/mat-ong/">Đọc</a>'],
        ['href="/en/stories/in-mat-ong/">Đọc</a>'],
    ),
    "text": lambda w: (
        value_of("text", title="Mùa này", text="<p>Sương <b>xuống</b>.</p>", picture=w.picture, link=ELSEWHERE),
        ["Mùa này</h2>", "<p>Sương <b>xuống</b>.</p>", 'alt="Ảnh che"', 'href="https://example.org/">Xem</a>'],
        ['alt="Picture che"'],
    ),
}
ELSEWHERE = {"words": "Xem", "page": None, "address": "https://example.org/"}
TELEPHONE = '<a href="tel:+842133876543" class="nowrap">0213 3876 543</a>'


def point(name: str, **fields) -> dict:
    row = {"address": "Lô 3", "commune": "", "hours": "7–19 giờ", "phone": "+842133876543"}
    return {"name": name, **row, **fields}


def read(client, language="vi") -> str:
    response = client.get(ADDRESS[language])
    assert response.status_code == 200
    return response.content.decode()


def anchors(page: str) -> list[str]:
    """The parts of a page, in order."""
    found = BeautifulSoup(page, "html.parser").select("main section")
    return [part.get("aria-labelledby") or part["class"][0] for part in found]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", PARTS)
def test_a_part_shows_what_there_is_in_the_readers_language(client, world, kind, language):
    value, *shown = SHOWN[kind](world)
    arrange((kind, value), language=language)

    page = read(client, language)

    for words in shown[language == "en"]:
        assert words in page, words
    assert anchors(page) == [kind] and page.count("<h1") == 1


@pytest.mark.parametrize("kind", PARTS)
def test_a_part_keeps_its_value_when_it_is_saved_and_cleaned(world, kind):
    value, *_shown = SHOWN[kind](world)
    parts = arrange((kind, value)).parts
    again = HomePage.objects.get(locale__language_code="vi").parts
    assert HomeBlock().get_prep_value(HomeBlock().clean(again)) == HomeBlock().get_prep_value(parts)


@pytest.mark.parametrize("kind", PARTS)
def test_a_part_is_found_by_icon_label_and_description(kind):
    block = PARTS[kind]
    assert block.meta.icon not in ("", "placeholder")
    assert block.label and block.label != kind
    assert block.get_description().endswith(".")


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("there", ["everything", "nothing"])
def test_a_part_is_previewed_in_the_editors_picker(client, request, kind, there):
    if there == "everything":
        request.getfixturevalue("world")
    client.force_login(make_user("editor"), "accounts.login.EmailOrPhoneBackend")
    block = PARTS[kind]
    assert block.is_previewable

    page = client.get(f"/cms/block-preview/?id={block.definition_prefix}")

    always = {"how", "points", "slogan", "text"}  # their words are the editors', or given
    assert page.status_code == 200 and "css/main.css" in page.content.decode()
    assert ("<section" in page.content.decode()) is (there == "everything" or kind in always)


# --- The order ------------------------------------------------------------------------------------------------------


def test_parts_stand_in_the_order_that_editors_chose_each_with_a_name_of_its_own(client, world):
    arrange("villages", "rated", "lead", "how", "rated")

    page = read(client)

    assert anchors(page) == ["villages", "rated", "lead", "how", "rated-2"]
    assert '<h2 class="lead__title"' in page and page.count("<h1") == 1  # not at the top, it does not name the page


@pytest.mark.parametrize("arranged", [[], ["fairs", "season"]])
def test_with_no_part_or_none_that_says_anything_the_standard_arrangement_is_shown(client, arranged):
    make_commune("Xã Tả Lèng").villages.create(slug="ban-hon", name="Bản Hon")
    sold(title="Trà Shan")
    publish_story(), publish_story(slug="hai")
    arrange(*arranged)

    assert anchors(read(client)) == list(STANDARD)


def test_without_any_home_page_or_with_a_draft_alone_the_standard_arrangement_is_shown(client):
    sold(title="Trà Shan")
    arrange("how").unpublish()
    assert anchors(read(client)) == ["groups", "rated", "how"]
    Page.objects.filter(depth__gt=1).delete()
    assert anchors(read(client)) == ["groups", "rated", "how"]


def test_each_language_has_an_arrangement_of_its_own(client):
    arrange(("slogan", value_of("slogan", text="Tiếng Việt", link=NO_LINK)))
    arrange("how", language="en")
    assert (anchors(read(client, "vi")), anchors(read(client, "en"))) == (["slogan"], ["how"])


def test_the_newest_stories_leave_out_the_one_that_leads(client, world):
    arrange("lead", ("stories", value_of("stories", count=1)))
    page = read(client)
    assert page.index("Mật ong ba vùng</h1>") < page.index("Chuyện cũ</a>")
    assert page.count("Mật ong ba vùng") == 1


def test_what_is_shared_is_the_picture_of_the_lead_and_words_of_the_editors(client, world):
    home = arrange("how", "lead")
    home.seo_title, home.search_description = "Chợ phiên", "Cuối tuần này"
    home.save()
    page = read(client)
    assert "/media/che-672.jpeg" in page.partition("</head>")[0]
    assert '<meta property="og:title" content="Chợ phiên">' in page
    assert page.count('content="Cuối tuần này"') == 2


# --- What is gone ---------------------------------------------------------------------------------------------------


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def keep_from_the_public(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


LOSSES = [unpublish, delete, keep_from_the_public]


@pytest.mark.parametrize("happens", LOSSES)
def test_a_lead_story_that_is_gone_gives_way_to_the_newest(client, world, happens):
    arrange(("lead", value_of("lead", story=world.older["vi"].pk)))
    happens(world.older["vi"])
    page = read(client)
    assert "Mật ong ba vùng</h1>" in page and "Chuyện cũ" not in page


@pytest.mark.parametrize("happens", LOSSES)
@pytest.mark.parametrize("kind", ["feature", "fairs", "stories"])
def test_a_part_whose_page_is_gone_is_not_drawn(client, world, kind, happens):
    value, *_shown = SHOWN[kind](world)
    arrange("how", (kind, value))
    assert anchors(read(client)) == ["how", kind]
    for page in [world.feature["vi"], world.fair["vi"], world.newer["vi"], world.older["vi"]]:
        happens(page)
    assert anchors(read(client)) == ["how"]


@pytest.mark.parametrize("happens", LOSSES)
@pytest.mark.parametrize("kind", ["slogan", "text"])
def test_words_stay_when_the_page_that_they_lead_to_is_gone(client, world, kind, happens):
    link = {"words": "Đọc bài", "page": world.newer["vi"].pk, "address": ""}
    words = {"text": "<p>Lời ở lại</p>", "link": link} | ({"title": "Tên"} if kind == "text" else {})
    arrange((kind, value_of(kind, **words)))
    assert "Đọc bài" in read(client)
    happens(world.newer["vi"])
    assert "Lời ở lại" in read(client) and "Đọc bài" not in read(client)


@pytest.mark.parametrize("happens", LOSSES)
def test_a_village_without_a_page_leads_to_its_commune(client, world, happens):
    arrange("villages")
    happens(world.village["vi"])
    assert 'href="/xa/ta-leng/"><b>Bản Hon</b>' in read(client)


def test_a_fair_that_is_over_is_not_shown_and_the_nearest_comes_first(client, world):
    today = timezone.localdate()
    for slug, begins in (("da-qua", -3), ("sau-nua", 9), ("mai", 1)):
        day = today + timedelta(days=begins)
        publish(index_of(models.FairIndexPage), title=f"Hội {slug}", slug=slug, starts_on=day, ends_on=day, place="Chợ")
    arrange(("fairs", value_of("fairs", count=3)))
    page = BeautifulSoup(read(client), "html.parser")
    assert [link.get_text() for link in page.select(".fairs h3 a")] == ["Hội chè", "Hội mai", "Hội sau-nua"]


def test_pictures_communes_and_groups_that_are_gone_are_left_out(client, world):
    arrange(
        ("points", value_of("points", points=[point("Quầy ở chợ", commune="khong-con", phone="", hours="")])),
        ("rated", value_of("rated", group="khong-con")),
        ("text", value_of("text", title="Mùa này", text="<p>Sương.</p>", picture=world.picture, link=NO_LINK)),
        ("lead", value_of("lead", story=world.older["vi"].pk)),
    )
    world.picture.delete()
    page = read(client)
    assert anchors(page) == ["points", "text", "lead"] and "/media/che" not in page and "tel:" not in page


@pytest.mark.parametrize("kind", ["rated", "season"])
def test_a_product_that_is_hidden_is_not_shown(client, world, kind):
    arrange("how", kind)
    assert "Trà Shan" in read(client)
    world.product.is_public = False
    world.product.save()
    show(world.product)
    page = read(client)
    assert anchors(page) == ["how"] and 'id="add"' not in page


def test_alcohol_is_in_no_part(client, world):
    month = timezone.localdate().month
    sold(title="Rượu ngô", set_number=14, season_from=month, season_to=month)
    arrange("groups", "rated", "season", ("groups", value_of("groups", level="groups")), ("rated", group_of_alcohol()))
    page = read(client)
    assert anchors(page) == ["groups", "rated", "season", "groups-2"]
    assert "Rượu" not in page and "Nhóm 14" not in page and page.count("Trà Shan</a>") == 2


def group_of_alcohol():
    return value_of("rated", group="nhom-14")


def test_one_product_of_each_producer_comes_first_and_others_fill_up(client):
    maker, other = make_producer(), make_producer()
    sold(3, producer=maker), sold(1, producer=other, title="Của người khác")
    sold(1, producer=maker, title="Mới nhất")
    arrange(("rated", value_of("rated", count=4)))
    page = BeautifulSoup(read(client), "html.parser")
    names = [link.get_text() for link in page.select(".card__name a")]
    assert names[:2] == ["Mới nhất", "Của người khác"] and len(names) == 4


# --- The cost -------------------------------------------------------------------------------------------------------


def everything(world) -> list[tuple]:
    return [(kind, SHOWN[kind](world)[0]) for kind in PARTS]


def test_home_takes_the_same_queries_with_one_part_of_each_kind_and_with_twenty(
    client, world, django_assert_max_num_queries
):
    arrange(*everything(world))
    client.get("/")
    with django_assert_max_num_queries(12) as each:
        client.get("/")
    more = ["rated", "season", "points", "slogan", "text", "feature", "text", "slogan"]
    arrange(*everything(world), *((kind, SHOWN[kind](world)[0]) for kind in more))
    client.get("/")
    with django_assert_max_num_queries(12) as twenty:
        page = client.get("/").content.decode()
    assert len(anchors(page)) == 20 and len(twenty) == len(each)


def test_home_takes_the_same_queries_with_one_thing_in_each_part_and_with_thirty(
    client, world, django_assert_max_num_queries
):
    arrange(*everything(world))
    client.get("/")
    with django_assert_max_num_queries(12) as one:
        client.get("/")
    month = timezone.localdate().month
    sold(29, season_from=month, season_to=month)
    for number in range(29):
        publish_story(slug=f"bai-{number}")
        village = world.commune.villages.create(slug=f"ban-{number}", name=f"Bản {number}")
        publish(index_of(models.VillageIndexPage), slug=f"ban-{number}", village=village)
    client.get("/")
    with django_assert_max_num_queries(12) as thirty:
        client.get("/")
    assert len(thirty) == len(one)


def test_a_home_page_that_is_not_for_everybody_shows_the_standard_arrangement(client):
    home = arrange(("slogan", value_of("slogan", text="Chỉ cho một số", link=NO_LINK)))
    assert "Chỉ cho một số" in client.get("/").content.decode()
    PageViewRestriction.objects.create(page=home, restriction_type="login")

    answer = client.get("/")

    assert answer.status_code == 200 and "Chỉ cho một số" not in answer.content.decode()
