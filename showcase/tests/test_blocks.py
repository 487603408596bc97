"""Every block, shown as readers see it and as Wagtail previews it. A block without a value in SHOWN fails here."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from areas.models import Area
from factories import make_commune, make_producer, make_user
from showcase.blocks import BodyBlock
from showcase.loading import load_pages
from showcase.tests.writing import document_of, picture_of, publish_story, sold

pytestmark = pytest.mark.django_db
BLOCKS = BodyBlock().child_blocks
ADDRESS = {"vi": "/cau-chuyen/mat-ong/", "en": "/en/stories/mat-ong/"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world():
    load_pages()
    return make_world()


def make_world(stars: int | None = 4) -> SimpleNamespace:
    """What live blocks show: a product, its maker, its commune, and the libraries."""
    commune = make_commune("Xã Tả Lèng")
    Area.objects.filter(pk=commune.pk).update(latitude=22.4, longitude=103.5)
    picture = picture_of("che")
    producer = make_producer(area=commune, picture=picture, name="Hợp tác xã Chè", name_en="Tea Co-operative")
    [product] = sold(stars=stars, producer=producer, title="Trà Shan", name_en="Shan tea")
    return SimpleNamespace(
        commune=commune,
        producer=producer,
        product=product,
        picture=picture,
        other=picture_of("ruong"),
        film=document_of("phim.mp4"),
        song=document_of("khen.mp3"),
        paper=document_of("quyet-dinh.pdf"),
    )


# For each block: its value, and what a reader sees of it in Vietnamese and in English.
SHOWN = {
    "heading": lambda w: ("Bốn mùa", ['<h2 id="bon-mua">Bốn mùa</h2>'], ['<h2 id="bon-mua">Bốn mùa</h2>']),
    "text": lambda w: (
        "<p>Sương <b>xuống</b> ở [vi:Tả Lèng].</p>",
        ['<p>Sương <b>xuống</b> ở <span lang="vi">Tả Lèng</span>.</p>'],
        ['<p>Sương <b>xuống</b> ở <span lang="vi">Tả Lèng</span>.</p>'],
    ),
    "picture": lambda w: (
        {"picture": w.picture, "caption": "Đồi chè"},
        ['alt="Ảnh che"', "/media/che-672.webp 672w", "Đồi chè", "<span>Ảnh: Ban biên tập</span>"],
        ['alt="Picture che"', "/media/che-672.webp 672w", "Đồi chè", "Ban biên tập"],
    ),
    "gallery": lambda w: (
        {"pictures": [{"picture": w.picture, "caption": "Đồi"}, {"picture": w.other, "caption": "Ruộng"}]},
        ['alt="Ảnh che"', 'alt="Ảnh ruong"', "Đồi", "Ruộng"],
        ['alt="Picture che"', 'alt="Picture ruong"'],
    ),
    "quote": lambda w: (
        {"text": "Mỗi xã\nmột sản phẩm", "source": "Tên chương trình"},
        ["<blockquote><p>Mỗi xã<br>một sản phẩm</p></blockquote>", "<figcaption>Tên chương trình</figcaption>"],
        ["<blockquote><p>Mỗi xã<br>một sản phẩm</p></blockquote>"],
    ),
    "film": lambda w: (
        {"file": w.film, "address": "", "picture": w.picture, "caption": "Hái chè, hai phút"},
        [
            '<video controls preload="none" poster="/media/che-672.jpeg">'
            f'<source src="{w.film.file.url}" type="video/mp4">',
            "Hái chè, hai phút",
            "Tải phim",
        ],
        [f'src="{w.film.file.url}"', "Hái chè, hai phút"],
    ),
    "sound": lambda w: (
        {"file": w.song, "caption": "Tiếng khèn"},
        [f'<audio controls preload="none" src="{w.song.file.url}"></audio><figcaption>Tiếng khèn</figcaption>'],
        [f'src="{w.song.file.url}"'],
    ),
    "products": lambda w: (
        {"products": [w.product]},
        ['<a href="/san-pham/', "Trà Shan", "Hợp tác xã Chè", "100.000 ₫", "4 sao", 'form="add"', 'id="add"'],
        ['<a href="/en/products/', "Shan tea", "Tea Co-operative", "4 stars"],
    ),
    "products_by_rule": lambda w: (
        {"title": "Từ Tả Lèng", **rule(group=w.product.listing.product_set.group.slug, commune=w.commune.slug)},
        ["<h3>Từ Tả Lèng</h3>", "Trà Shan", "4 sao", 'form="add"', 'id="add"'],
        ["<h3>Từ Tả Lèng</h3>", "Shan tea", "4 stars"],
    ),
    "producer": lambda w: (
        {"producer": w.producer},
        [f'<a href="/nha-san-xuat/{w.producer.slug}/">Hợp tác xã Chè</a>', "<p>Xã Tả Lèng</p>", "/media/che-336.webp"],
        [f'<a href="/en/producers/{w.producer.slug}/">Tea Co-operative</a>', "<p>Ta Leng Commune</p>"],
    ),
    "places": lambda w: (
        {"title": "Nơi của chè", "communes": [w.commune.slug]},
        ["<h3>Nơi của chè</h3>", 'class="map__here"', f'<a href="/xa/{w.commune.slug}/">Xã Tả Lèng</a>'],
        [f'<a href="/en/commune/{w.commune.slug}/">Ta Leng Commune</a>'],
    ),
    "timeline": lambda w: (
        {"moments": [{"when": "2018", "text": "Bắt đầu."}, {"when": "2026", "text": "Bộ tiêu chí mới."}]},
        ['<b class="timeline__when">2018</b><p>Bắt đầu.</p>', "Bộ tiêu chí mới."],
        ['<b class="timeline__when">2026</b>'],
    ),
    "facts": lambda w: (
        {"title": "Bản", "facts": [{"name": "Độ cao", "value": "1.500 mét"}]},
        ["<h3>Bản</h3>", "<dt>Độ cao</dt><dd>1.500 mét</dd>"],
        ["<dt>Độ cao</dt><dd>1.500 mét</dd>"],
    ),
    "figure": lambda w: (
        {"what": "rated", "commune": w.commune.slug, "group": "", "text": "sản phẩm có sao"},
        ['<b class="figure__number">1</b> sản phẩm có sao'],
        ['<b class="figure__number">1</b>'],
    ),
    "steps": lambda w: (
        {"steps": [{"title": "Hái", "text": "Một tôm hai lá."}, {"title": "Làm héo", "text": ""}]},
        ["<li><b>Hái</b><p>Một tôm hai lá.</p></li>", "<li><b>Làm héo</b></li>"],
        ["<li><b>Làm héo</b></li>"],
    ),
    "documents": lambda w: (
        {"documents": [w.paper]},
        [f'<a href="{w.paper.url}">Tệp quyet-dinh.pdf</a>', "PDF, 7\xa0byte"],
        [f'<a href="{w.paper.url}">Tệp quyet-dinh.pdf</a>', "PDF, 7\xa0byte"],
    ),
    "slogan": lambda w: (
        "Sao của hội đồng",
        ['<p class="story__slogan">Sao của hội đồng</p>'],
        ['<p class="story__slogan">Sao của hội đồng</p>'],
    ),
    "call": lambda w: (
        {"text": "Xem sản phẩm", "page": None, "address": "https://example.org/", "kind": "plain"},
        ['<a class="button" data-kind="plain" href="https://example.org/">Xem sản phẩm</a>'],
        ['href="https://example.org/">Xem sản phẩm</a>'],
    ),
    "columns": lambda w: (
        {
            "columns": [
                [("text", "<p>Đồi chè.</p>"), ("facts", {"title": "", "facts": [{"name": "Cao", "value": "1 km"}]})],
                [("picture", {"picture": w.picture, "caption": ""}), ("quote", {"text": "Một", "source": "Hai"})],
            ]
        },
        ["<p>Đồi chè.</p>", "<dt>Cao</dt>", 'alt="Ảnh che"', "<figcaption>Hai</figcaption>"],
        ["<p>Đồi chè.</p>", 'alt="Picture che"'],
    ),
    "sources": lambda w: (
        [{"text": "Báo Lai Châu, 2024"}],
        ['<h2 id="sources">Nguồn tham khảo</h2><ul><li>Báo Lai Châu, 2024</li></ul>'],
        ["<ul><li>Báo Lai Châu, 2024</li></ul>"],
    ),
}


def one_of_each(world: SimpleNamespace) -> list[tuple]:
    """A body with one block of every type."""
    return [(kind, SHOWN[kind](world)[0]) for kind in BLOCKS]


def rule(**fields) -> dict:
    """What a block of products by a rule asks for."""
    return {"group": "", "commune": "", "producer": None, "stars": "", "in_season": "", "count": 4, **fields}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_shows_what_it_holds(client, world, kind, language):
    value, *shown = SHOWN[kind](world)
    publish_story(language=language, body=[(kind, value)])

    page = client.get(ADDRESS[language]).content.decode()

    for part in shown[language == "en"]:
        assert part in page, part


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_keeps_its_value_when_it_is_saved_and_cleaned(world, kind):
    value, *_shown = SHOWN[kind](world)
    body = publish_story(body=[(kind, value)]).body
    assert BodyBlock().get_prep_value(BodyBlock().clean(body)) == BodyBlock().get_prep_value(body)


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_is_found_by_icon_label_and_description(kind):
    block = BLOCKS[kind]
    assert block.meta.icon not in ("", "placeholder")
    assert block.label and block.label != kind
    assert block.get_description().endswith(".")


# What previews show: things of the library and of the lists, or words of their own.
PREVIEWED = {
    "heading": "Bốn mùa trên đồi chè",
    "text": "Sương xuống từ chiều",
    "picture": "/media/che-672.webp",
    "gallery": "/media/ruong-672.webp",
    "quote": "Mỗi xã, phường một sản phẩm.",
    "film": "Hái chè",
    "sound": "Tiếng khèn ngày chợ phiên",
    "products": "Trà Shan",
    "products_by_rule": "Trà Shan",
    "producer": "Hợp tác xã Chè",
    "places": "Tả Lèng",
    "timeline": "Bộ tiêu chí mới.",
    "facts": "Bản Sin Suối Hồ",
    "figure": '<b class="figure__number">1</b>',
    "steps": "Một tôm hai lá.",
    "documents": "Tệp phim.mp4",
    "slogan": "Sản phẩm của bản làng",
    "call": "Xem mọi sản phẩm",
    "columns": "Bên kia là ruộng bậc thang.",
    "sources": "Quyết định 26/2026/QĐ-TTg",
}


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_is_previewed_in_the_editors_picker(client, world, kind):
    client.force_login(make_user("editor"), "accounts.login.EmailOrPhoneBackend")
    block = BLOCKS[kind]
    assert block.is_previewable

    page = client.get(f"/cms/block-preview/?id={block.definition_prefix}").content.decode()

    assert PREVIEWED[kind] in page and "css/main.css" in page


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_is_drawn_without_a_page_and_with_nothing_to_show(kind):
    with translation.override("en"):
        block = BLOCKS[kind]
        assert isinstance(render_to_string(block.meta.template, block.get_context(block.get_preview_value())), str)
