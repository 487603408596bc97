"""Editors at work: writing, previewing and publishing, as Wagtail's own screens send it."""

import json
from html import unescape

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from factories import make_producer, make_user, show
from showcase import models
from showcase.loading import load_pages
from showcase.models import FairIndexPage, GuideIndexPage, StoryIndexPage, StoryPage
from showcase.tests.writing import document_of, index_of, publish_story, sold

pytestmark = pytest.mark.django_db
NO_ALCOHOL = "Đồ uống có cồn không được giới thiệu trong bài. Hãy chọn sản phẩm khác."


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


def log_in(client, role="chief_editor"):
    client.force_login(make_user(role), "accounts.login.EmailOrPhoneBackend")
    return client


# --- Writing --------------------------------------------------------------------------------------------------------


def written(*blocks, products=(), **fields) -> dict:
    """What the edit form of a story sends."""
    links = [{"product": str(product.pk), "ORDER": str(order)} for order, product in enumerate(products)]
    return nested_form_data(
        {
            "title": "Mật ong ba vùng",
            "slug": "mat-ong",
            "summary": "Ba nhãn mật.",
            "marked_title": "",
            "picture": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            "body": streamfield(blocks),
            "story_products": inline_formset(links),
            **fields,
        }
    )


def list_of(*values) -> dict:
    """A list inside a block."""
    row = {"deleted": "", "type": "item"}
    return {"count": len(values), **{str(n): {"value": value, "order": n, **row} for n, value in enumerate(values)}}


def says(form, sentence: str) -> bool:
    """Blocks are told to the browser as JSON, other fields as HTML."""
    told = unescape(form.content.decode())
    return sentence in told or json.dumps(sentence)[1:-1] in told


def add_address(kind, index) -> str:
    return f"/cms/pages/add/showcase/{kind._meta.model_name}/{index.pk}/"


def test_a_story_with_products_is_written_and_published(client):
    tea, honey = sold(2)
    blocks = (("text", rich_text("<p>Một đoạn.</p>")), ("products", {"products": list_of(str(honey.pk), str(tea.pk))}))
    data = {**written(*blocks, products=[tea]), "action-publish": "1"}

    response = log_in(client).post(add_address(StoryPage, index_of(StoryIndexPage)), data)

    assert response.status_code == 302, response.content.decode()
    story = StoryPage.objects.get()
    assert story.live and [block.block_type for block in story.body] == ["text", "products"]
    assert list(story.body[1].value["products"]) == [honey, tea]
    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    assert "Một đoạn." in page and page.count(f"{tea.title}</a>") == 2 and page.count(f"{honey.title}</a>") == 1


def test_a_published_story_is_changed(client):
    tea, honey = sold(2)
    story = publish_story(body=[("products", {"products": [tea]})])
    data = {**written(("products", {"products": list_of(str(honey.pk))})), "action-publish": "1"}

    assert log_in(client).post(f"/cms/pages/{story.pk}/edit/", data).status_code == 302

    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    assert honey.title in page and f"{tea.title}</a>" not in page


@pytest.mark.parametrize("kind", ["StoryPage", "FeaturePage", "NewsPage", "FairPage", "VillagePage", "GuidePage"])
def test_the_form_of_every_kind_opens_with_all_its_blocks(client, kind):
    page = getattr(models, kind)
    index = next(index for index in Page.objects.specific() if page in index.specific_class.allowed_subpage_models())
    form = log_in(client, "editor").get(add_address(page, index))
    assert says(form, "Sản phẩm theo quy tắc") and says(form, "Con số hôm nay")


@pytest.mark.parametrize("place", ["block", "list"])
def test_alcohol_is_refused_by_the_form_though_sent_without_the_list(client, place):
    [spirit] = sold(set_number=14)
    block = ("products", {"products": list_of(str(spirit.pk))})
    data = written(block) if place == "block" else written(products=[spirit])

    form = log_in(client).post(add_address(StoryPage, index_of(StoryIndexPage)), data)

    assert says(form, NO_ALCOHOL) and not StoryPage.objects.exists()


def test_the_form_says_what_is_wrong_with_a_film(client):
    film = document_of("phim.mp4")
    both = {"file": str(film.pk), "address": "https://example.org/", "picture": "", "caption": "Hái chè"}
    form = log_in(client).post(add_address(StoryPage, index_of(StoryIndexPage)), written(("film", both)))
    assert says(form, "Hãy chọn một tệp phim, hoặc điền địa chỉ của phim: một trong hai.")


def test_a_product_that_was_hidden_since_does_not_keep_an_editor_from_saving(client):
    [tea] = sold()
    story = publish_story(body=[("products", {"products": [tea]})])
    tea.is_public = False
    tea.save()
    show(tea)
    data = written(("products", {"products": list_of(str(tea.pk))}), products=[tea], title="Tên mới")

    assert log_in(client).post(f"/cms/pages/{story.pk}/edit/", data).status_code == 302

    assert StoryPage.objects.get().get_latest_revision_as_object().title == "Tên mới"


# --- Addresses ------------------------------------------------------------------------------------------------------


def slug_refused(client, address: str, slug: str) -> list[str]:
    return client.post(address, written(slug=slug)).context["form"].errors.get("slug", [])


@pytest.mark.parametrize(
    ("language", "slug"), [("vi", "san-pham"), ("vi", "gio-hang"), ("en", "products"), ("en", "basket")]
)
def test_an_address_of_ours_is_refused_with_the_reason(client, language, slug):
    index = index_of(StoryIndexPage, language)
    path = {"vi": f"/{slug}/", "en": f"/en/{slug}/"}[language]
    assert slug_refused(log_in(client, "administrator"), f"/cms/pages/{index.pk}/edit/", slug) == [
        f"Địa chỉ {path} đã là của một trang cố định trên website. Hãy đặt đường dẫn khác."
    ]


@pytest.mark.parametrize(("typed", "kept"), [("Đường-mía", "duong-mia"), ("duong-mia", "duong-mia")])
def test_vietnamese_letters_of_an_address_become_plain(client, typed, kept):
    response = log_in(client).post(add_address(StoryPage, index_of(StoryIndexPage)), written(slug=typed))
    assert response.status_code == 302 and StoryPage.objects.get().slug == kept


def test_an_address_that_is_taken_once_its_letters_are_plain_is_refused(client):
    publish_story(slug="duong-mia")
    address = add_address(StoryPage, index_of(StoryIndexPage))
    [sentence] = slug_refused(log_in(client), address, "Đường-mía")
    assert "duong-mia" in sentence


@pytest.mark.parametrize(("language", "path"), [("vi", "/cau-chuyen/rss/"), ("en", "/en/stories/rss/")])
@pytest.mark.parametrize("more", [{}, {"alias": "on"}])
def test_a_copy_gets_no_address_of_ours_either_and_nothing_typed_is_lost(client, language, path, more):
    story = publish_story(language=language)
    typed = {"new_title": "Bản sao mới", "new_slug": "RSS", "new_parent_page": story.get_parent().pk, **more}
    chief = log_in(client, "chief_editor")

    form = chief.post(f"/cms/pages/{story.pk}/copy/", typed).context["form"]

    [sentence] = form.errors["new_slug"]
    assert sentence == f"Địa chỉ {path} đã là của một trang cố định trên website. Hãy đặt đường dẫn khác."
    assert form["new_title"].value() == "Bản sao mới" and StoryPage.objects.count() == 1
    assert chief.post(f"/cms/pages/{story.pk}/copy/", {**typed, "new_slug": "Đường-mía"}).status_code == 302
    assert StoryPage.objects.filter(slug="duong-mia").exists()


@pytest.mark.parametrize("index", [StoryIndexPage, FairIndexPage, GuideIndexPage])
def test_an_index_is_saved_at_its_own_address(client, index):
    page = index_of(index)
    data = nested_form_data({"title": "Mục", "slug": page.slug, "summary": "Mới", "comments": inline_formset([])})
    response = log_in(client, "administrator").post(f"/cms/pages/{page.pk}/edit/", data)
    assert response.status_code == 302
    assert index_of(index).get_latest_revision_as_object().summary == "Mới"


# --- Preview --------------------------------------------------------------------------------------------------------


def test_a_story_is_previewed_before_it_is_saved(client):
    [tea] = sold(title="Trà Shan")
    address = f"{add_address(StoryPage, index_of(StoryIndexPage))}preview/"
    data = written(("products", {"products": list_of(str(tea.pk))}), products=[tea])
    log_in(client)

    assert client.post(address, data).json() == {"is_valid": True, "is_available": True}

    page = client.get(f"{address}?mode=").content.decode()
    assert "<h1>Mật ong ba vùng</h1>" in page and page.count("Trà Shan</a>") == 2 and not StoryPage.objects.exists()


def test_a_fair_with_booths_is_previewed_before_it_is_saved(client):
    [tea] = sold(title="Trà Shan", producer=make_producer(name="Hợp tác xã Chè"))
    address = f"{add_address(models.FairPage, index_of(FairIndexPage))}preview/"
    booth = {"producer": str(tea.listing.producer.pk), "product": str(tea.pk), "number": "A1", "ORDER": "0"}
    pouring = {"name": "Pha trà", "starts_at": "2036-12-01 09:00", "open_until": "2036-12-01", "capacity": "7"}
    days = {"starts_on": "2036-12-01", "ends_on": "2036-12-02", "booth_places": "9", "cancel_reason": ""}
    inlines = {"booths": inline_formset([booth]), "activities": inline_formset([pouring])}
    data = written(place="Chợ", commune="", **days, **inlines)
    log_in(client)

    assert client.post(address, data).json()["is_valid"]

    page = client.get(f"{address}?mode=").content.decode()
    assert "<td>A1</td>" in page and "Hợp tác xã Chè</a>" in page and "Trà Shan</a>" in page
    assert "Pha trà" in page and "Còn 7 trong 7 chỗ." in page


# --- Two editors at once --------------------------------------------------------------------------------------------


def test_who_saves_an_old_version_overwrites_nothing_both_are_kept(client, django_user_model):
    """Wagtail writes no version over: the later is shown to editors, and the earlier stays in the page's history."""
    story = publish_story()
    story.save_revision()
    opened = story.latest_revision
    log_in(client).post(f"/cms/pages/{story.pk}/edit/", written(title="Của người thứ nhất"))
    log_in(client)

    data = {**written(title="Của người thứ hai"), "loaded_revision_id": str(opened.pk)}
    assert client.post(f"/cms/pages/{story.pk}/edit/", data).status_code == 302

    titles = [revision.as_object().title for revision in story.revisions.order_by("pk")]
    assert titles == ["Mật ong ba vùng", "Của người thứ nhất", "Của người thứ hai"]
    history = client.get(f"/cms/pages/{story.pk}/history/")
    assert history.status_code == 200 and StoryPage.objects.get().title == "Mật ong ba vùng"


def test_what_is_kept_by_itself_while_typing_does_not_overwrite_a_newer_version(client):
    story = publish_story()
    story.save_revision()
    opened = story.latest_revision
    log_in(client).post(f"/cms/pages/{story.pk}/edit/", written(title="Của người thứ nhất"))

    data = {**written(title="Của người thứ hai"), "loaded_revision_id": str(opened.pk)}
    answer = log_in(client).post(f"/cms/pages/{story.pk}/edit/", data, headers={"accept": "application/json"})

    assert answer.status_code == 400 and answer.json()["error_code"] == "invalid_revision"
    assert StoryPage.objects.get().get_latest_revision_as_object().title == "Của người thứ nhất"
