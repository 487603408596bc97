"""Each kind of page: read in both languages and listed in its order."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from areas.folding import slugify_vi
from factories import make_commune, make_producer
from showcase import models
from showcase.loading import load_pages
from showcase.models.fair import Booth
from showcase.models.feature import FeatureStory
from showcase.tests.kinds import BODY, INDEXES, TODAY, village, write
from showcase.tests.writing import index_of, picture_of, publish_story, sold

pytestmark = pytest.mark.django_db
NONE_YET = {
    "story": ("Chưa có câu chuyện nào được đăng.", "No stories have been published yet."),
    "feature": ("Chưa có chuyên đề nào được đăng.", "No features have been published yet."),
    "news": ("Chưa có tin nào được đăng.", "No news has been published yet."),
    "fair": ("Chưa có hội chợ nào được báo trước.", "No fairs have been announced yet."),
    "village": ("Chưa có bản làng nào được giới thiệu.", "No villages have been presented yet."),
    "guide": ("Chưa có bài hướng dẫn nào.", "There are no guides yet."),
}


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("kind", INDEXES)
def test_a_page_is_read_in_both_languages_and_each_leads_to_the_other(client, kind):
    key, picture = uuid4(), picture_of("che")
    for language in ("vi", "en"):
        write(kind, language, body=BODY, picture=picture, translation_key=key)
    _index, vi, en = INDEXES[kind]

    for address, other, alt in (
        (f"{vi}mat-ong/", f"{en}mat-ong/", "Ảnh che"),
        (f"{en}mat-ong/", f"{vi}mat-ong/", "Pic"),
    ):
        page = read(client, address)
        for part in ("<h1>Mật ong ba vùng</h1>", "Ba nhãn mật.", "<p>Một đoạn.</p>", "Sao của hội đồng", f'alt="{alt}'):
            assert part in page, (address, part)
        assert f'href="{other}"' in page


def test_the_villages_lead_to_the_map(client):
    assert '<a href="/ban-do/">Xem trên bản đồ</a>' in read(client, "/ban-lang/")
    assert '<a href="/en/map/">See on the map</a>' in read(client, "/en/villages/")


def test_a_news_page_shows_its_day(client):
    write("news", day=date(2026, 3, 2))
    assert '<time datetime="2026-03-02">02/03/2026</time>' in read(client, "/tin-tuc/mat-ong/")


def test_a_feature_shows_its_slogan_and_its_published_stories_in_order(client):
    first, second, draft = (publish_story(slug=slug, title=slug) for slug in ("bai-a", "bai-b", "bai-c"))
    draft.unpublish()
    links = [FeatureStory(story=story, sort_order=order) for order, story in enumerate((second, draft, first))]
    write("feature", slogan="Bốn mùa", feature_stories=links)

    page = read(client, "/chuyen-de/mat-ong/")

    assert '<p class="story__slogan">Bốn mùa</p>' in page and "bai-c" not in page
    assert (
        0 < page.index('<a href="/cau-chuyen/bai-b/">bai-b</a>') < page.index('<a href="/cau-chuyen/bai-a/">bai-a</a>')
    )


def test_a_fair_says_when_where_and_who(client):
    [tea] = sold(title="Trà Shan", producer=make_producer(name="Hợp tác xã Chè", area=make_commune("Xã Tả Lèng")))
    booth = Booth(producer=tea.listing.producer, product=tea, number="A1")
    other = Booth(producer=make_producer(name="Hợp tác xã Mật"), number="A2", sort_order=1)
    days = {"starts_on": TODAY() + timedelta(days=3), "ends_on": TODAY() + timedelta(days=4)}
    write("fair", **days, commune=make_commune("Xã Bản Bo"), is_sample=True, booths=[booth, other])

    page = read(client, "/hoi-cho/mat-ong/")

    for day in days.values():
        assert f'<time datetime="{day:%Y-%m-%d}">{day:%d/%m/%Y}</time>' in page
    for part in ("Chợ San Thàng<br>Xã Bản Bo", "<td>A1</td>", "Hợp tác xã Chè</a></td><td>Xã Tả Lèng", "Trà Shan</a>"):
        assert part in page, part
    assert "dữ liệu mẫu</span>" in page and "đã kết thúc" not in page


@pytest.mark.parametrize(("ended", "is_over"), [(1, True), (0, False)])
def test_a_fair_is_over_on_the_day_after_its_last(client, ended, is_over):
    write("fair", starts_on=TODAY() - timedelta(days=5), ends_on=TODAY() - timedelta(days=ended))
    assert ("Hội chợ này đã kết thúc." in read(client, "/hoi-cho/mat-ong/")) is is_over


def test_a_fair_does_not_end_before_it_starts():
    with pytest.raises(ValidationError) as refused:
        write("fair", starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 1))
    assert refused.value.message_dict == {"ends_on": ["Ngày cuối không thể trước ngày đầu."]}


def test_a_village_says_who_lives_there_and_shows_stays_and_products_of_its_commune(client):
    home = village()
    maker = make_producer(area=home.commune, name="Hợp tác xã Chè")
    sold(title="Trà Shan", producer=maker), sold(title="Nhà sàn", producer=maker, set_number=26)
    sold(title="Miến dong")
    write("village", village=home, people="Lự", seasons="Mùa lúa [en:ripe]")

    page = read(client, "/ban-lang/mat-ong/")

    assert "<dt>Người ở bản</dt><dd>Lự</dd>" in page and 'Mùa lúa <span lang="en">ripe</span>' in page
    assert "Đường đến" not in page and "Miến dong" not in page and "Hợp tác xã Chè</a></li>" in page
    stays, nearby = page.index("Nghỉ lại và trải nghiệm"), page.index("Làm ra ở gần đây")
    assert stays < page.index("Nhà sàn</a>") < nearby < page.index("Trà Shan</a>")


def test_a_guide_has_a_table_of_contents(client):
    write("guide", body=BODY)
    page = read(client, "/cam-nang/mat-ong/")
    assert '<li><a href="#dau-tien">Đầu tiên</a></li><li><a href="#sau-do">Sau đó</a></li>' in page
    assert '<h2 id="sau-do">Sau đó</h2>' in page


def test_each_heading_is_led_to_by_a_name_of_its_own(client):
    write("guide", body=[("heading", words) for words in ("Ghi chú", "Ghi chú", "!", "Sources")])
    page = read(client, "/cam-nang/mat-ong/")
    for anchor in ("ghi-chu", "ghi-chu-2", "muc", "sources-2"):
        assert page.count(f'href="#{anchor}"') == page.count(f'<h2 id="{anchor}">') == 1, anchor


# --- Indexes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", INDEXES)
def test_an_index_lists_its_published_pages_with_their_pictures(client, kind):
    write(kind, picture=picture_of("che"))
    write(kind, slug="nhap", title="Bản nháp", live=False)
    page = read(client, INDEXES[kind][1])
    assert f'<a href="{INDEXES[kind][1]}mat-ong/">Mật ong ba vùng</a>' in page and 'alt="Ảnh che"' in page
    assert "Bản nháp" not in page


@pytest.mark.parametrize("kind", INDEXES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_index_says_so(client, kind, language):
    page = read(client, INDEXES[kind][1 + (language == "en")])
    said = NONE_YET[kind][language == "en"]
    assert f"<p>{said}</p>" in page


@pytest.mark.parametrize("kind", INDEXES)
def test_an_index_shows_24_pages_at_a_time(client, kind):
    fields = {"village": village()} if kind == "village" else {}
    for number in range(25):
        write(kind, slug=f"bai-{number}", **fields)
    first, second = (read(client, f"{INDEXES[kind][1]}?page={number}") for number in (1, 2))
    assert (first.count('<li class="tile">'), second.count('<li class="tile">')) == (24, 1)
    assert 'href="?page=2"' in first and "(trang 2)" in second


def titles(client, address: str, *names: str) -> list[str]:
    """These titles in the order in which a page shows them."""
    page = read(client, address)
    return sorted(names, key=lambda name: page.index(f">{name}</a>"))


def test_news_stand_by_day_and_the_latest_first(client):
    for name, day in (("Giữa", date(2026, 2, 1)), ("Cũ", date(2025, 1, 1)), ("Mới", date(2026, 3, 1))):
        write("news", title=name, slug=f"tin-{day}", day=day)
    assert titles(client, "/tin-tuc/", "Cũ", "Giữa", "Mới") == ["Mới", "Giữa", "Cũ"]


def test_fairs_to_come_stand_first_and_the_nearest_on_top(client):
    for name, start in (("Tháng sau", 30), ("Đã qua", -9), ("Qua lâu", -90), ("Tuần sau", 7), ("Đang họp", -1)):
        day = TODAY() + timedelta(days=start)
        write("fair", title=name, slug=f"hoi-cho-{start + 100}", starts_on=day, ends_on=day + timedelta(days=1))
    order = ["Đang họp", "Tuần sau", "Tháng sau", "Đã qua", "Qua lâu"]
    assert titles(client, "/hoi-cho/", *sorted(order)) == order


def test_villages_stand_by_name_as_vietnamese_sort_them(client):
    for name in ("Vàng Pheo", "Đông Pao", "Bản Hon", "Ea"):
        write("village", title=name, slug=slugify_vi(name))
    order = ["Bản Hon", "Đông Pao", "Ea", "Vàng Pheo"]
    assert titles(client, "/ban-lang/", *reversed(order)) == order


def test_guides_stand_as_editors_have_arranged_them(client):
    write("guide", title="Một", slug="mot")
    second = write("guide", title="Hai", slug="hai")
    second.move(index_of(models.GuideIndexPage), pos="first-child")
    assert titles(client, "/cam-nang/", "Một", "Hai") == ["Hai", "Một"]
    write("guide", title="Ba", slug="ba")
    assert titles(client, "/cam-nang/ba/", "Một", "Hai") == ["Hai", "Một"]


# --- Where pages may stand ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", INDEXES)
def test_a_page_stands_below_its_own_index_only(kind):
    page, own = INDEXES[kind][0].lists, INDEXES[kind][0]
    for index, *_addresses in INDEXES.values():
        assert page.can_create_at(index_of(index)) is (index is own)
    assert own.allowed_subpage_models() == [page] and page.allowed_subpage_models() == []
    assert own.allowed_parent_page_models() == [models.HomePage]


@pytest.mark.parametrize("kind", INDEXES)
def test_a_home_page_has_one_index_of_a_kind(kind):
    home = models.HomePage.objects.get(locale__language_code="vi")
    assert INDEXES[kind][0].can_create_at(home) is False
