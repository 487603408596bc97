"""Photographs in a browser: nothing moves when they come, the largest comes first, and in the best form."""

from itertools import count
from pathlib import Path

import pytest
import wagtail.images
from django.core.files.base import ContentFile

from discovery.entries import rebuild
from factories import make_producer, make_product, make_recognition
from pictures.intake import accept
from pictures.models import Picture
from pictures.renditions import discard, make_renditions, names_of
from showcase.loading import load_pages
from showcase.tests.writing import publish_story

pytestmark = pytest.mark.browser
LANDSCAPE = Path(wagtail.images.__file__).parent / "tests/image_files/landscape_1.jpg"
PAGES = {"story": "/cau-chuyen/mat-ong/", "product": "/san-pham/che/", "home": "/"}
WATCH = """
window.seen = {shift: 0, moved: [], largest: ""};
new PerformanceObserver(list => list.getEntries().forEach(each => {
    seen.shift += each.value;
    seen.moved.push(...each.sources.filter(one => one.node)
        .map(one => (one.node.outerHTML || one.node.nodeValue).slice(0, 80)));
}))
    .observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => { seen.largest = each.url }))
    .observe({type: "largest-contentful-paint", buffered: true});
"""


def photograph(number: int) -> Picture:
    """A photograph whose files are made."""
    file = ContentFile(LANDSCAPE.read_bytes(), name="anh.jpg")
    picture = accept(file, title=f"Ảnh {number}", alt=f"Đồi {number}", alt_en=f"Hills {number}", credit="Mẫu")
    make_renditions.call(picture_id=picture.pk)
    return Picture.objects.get(pk=picture.pk)


@pytest.fixture
def photographs(transactional_db):
    """A story, a product and a home page that live on photographs."""
    load_pages()
    numbers = count(1)
    one, two, three = (photograph(next(numbers)) for _ in range(3))
    tea = make_product(producer=make_producer(slug="mot", picture=two), title="Chè Shan", slug="che")
    make_recognition(tea, stars=4)
    for order, picture in enumerate((one, two, three)):
        tea.images.create(original=picture, display_order=order)
    rebuild([tea.pk])
    page = publish_story(tea, picture=one)
    page.body = [
        ("picture", {"picture": two, "caption": "Đồi chè"}),
        ("text", "<p>Sương xuống.</p>"),
        ("gallery", {"pictures": [{"picture": each, "caption": ""} for each in (one, two, three)]}),
        ("columns", {"columns": [[("picture", {"picture": each, "caption": ""})] for each in (two, three)]}),
    ]
    page.save()
    yield
    discard.call(names=[name for picture in Picture.objects.all() for name in names_of(picture.files)])


def pictures_asked_for(page, address: str) -> list[str]:
    """Open a page; the addresses of the pictures that the browser fetched, in its order."""
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.goto(address, wait_until="networkidle")
    return [each.url for each in asked if each.resource_type == "image" and "/media/" in each.url]


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_and_the_largest_picture_comes_first(photographs, live_server_process, new_page, width):
    for name, path in PAGES.items():
        page = new_page(width, 900)
        page.add_init_script(WATCH)
        page.route("**/*.woff2", lambda route: route.abort())  # letters may move a line when their face comes

        pictures = pictures_asked_for(page, live_server_process + path)

        first = page.locator("img[fetchpriority=high]")
        assert first.count() == 1, name
        assert pictures[0] == first.evaluate("img => img.currentSrc") and pictures[0].endswith(".avif"), name
        assert pictures.count(pictures[0]) == 1, name  # the preload is the file that is shown
        for y in range(0, page.evaluate("document.body.scrollHeight"), 300):
            page.evaluate(f"window.scrollTo(0, {y})")
            page.wait_for_timeout(50)
        page.wait_for_function("[...document.images].every(img => img.complete && img.naturalWidth > 0)")
        assert (page.evaluate("seen.moved"), page.evaluate("seen.shift")) == ([], 0), name


def test_the_largest_thing_that_is_painted_is_the_picture_that_was_fetched_first(
    photographs, live_server_process, new_page
):
    for name in ("story", "product"):
        page = new_page(390, 900)
        page.add_init_script(WATCH)

        page.goto(live_server_process + PAGES[name], wait_until="networkidle")

        shown = page.locator("img[fetchpriority=high]").evaluate("img => img.currentSrc")
        assert page.evaluate("seen.largest") == shown, name
