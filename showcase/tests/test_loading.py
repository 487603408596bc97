"""The built-in pages, loaded as a new site loads them."""

import pytest
from wagtail.models import Page

from factories import make_commune, make_producer, make_province
from pictures.models import Picture
from showcase import content_files, models
from showcase.loading import load_content, load_pages
from showcase.tests.writing import picture_of, sold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Some of what the built-in pages point to."""
    commune = make_commune("Phường Tân Phong", province=make_province())
    for slug in {
        content_files.read("villages", name, "vi").told["village"] for name in content_files.names("villages")
    }:
        commune.villages.create(slug=slug, name=slug)
    fair = content_files.read("fairs", content_files.names("fairs")[0], "vi")
    maker = make_producer(slug=fair.list_of("producers")[0])
    rice, tea = sold(slug="gao-seng-cu-than-uyen"), sold(slug=fair.products[0], producer=maker)
    picture = picture_of("tea")
    Picture.objects.filter(pk=picture.pk).update(motif=fair.motif)
    load_pages()
    return [*rice, *tea]


def test_every_page_is_published_once_in_both_languages(client, world):
    assert load_content() == 2 * (16 + 1 + 6 + 6 + 2 + 9 + 1)
    before = list(Page.objects.order_by("path").values())

    assert (load_pages(), load_content()) == (0, 0)

    assert list(Page.objects.order_by("path").values()) == before
    counts = {
        "StoryPage": 16,
        "NewsPage": 6,
        "GuidePage": 6,
        "FairPage": 2,
        "VillagePage": 9,
        "FeaturePage": 1,
        "ContactPage": 1,
    }
    for kind, count in counts.items():
        keys = getattr(models, kind).objects.values_list("translation_key", flat=True)
        assert len(keys) == 2 * count and len(set(keys)) == count, kind


def test_pages_show_what_their_files_say(client, world):
    load_content()
    rice, tea = world
    fair = models.FairPage.objects.filter(booths__product=tea, locale__language_code="vi").first()
    assert fair.is_sample and fair.picture is not None and fair.commune.slug == "tan-phong"
    for page in Page.objects.filter(depth=4).specific():
        assert client.get(page.url).status_code == 200, page.url
    story = client.get("/cau-chuyen/gao-seng-cu-canh-dong-muong-than/").content.decode()
    assert "Sản phẩm trong bài" in story and rice.title in story
    news = client.get("/tin-tuc/lai-chau-con-38-xa-phuong/").content.decode()
    assert f"{rice.title}</a>" in news and news.index(f"{rice.title}</a>") < news.index("Nguồn tham khảo")
    feature = client.get("/chuyen-de/bep-lua-va-rung/").content.decode()
    english = client.get("/en/features/forest-and-hearth/").content.decode()
    assert "Rừng cho hương, bếp giữ lửa" in feature
    for page, part in ((feature, '<a href="/cau-chuyen/'), (english, '<a href="/en/stories/')):
        assert page.partition('id="stories"')[2].partition("</section>")[0].count(part) == 4
