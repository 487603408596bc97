"""A page with one block of every type stays whole in every place that tells of it, whatever becomes of its product."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from factories import show
from programme.models import Recognition
from showcase.loading import load_pages
from showcase.models import StoryProduct
from showcase.models.fair import Booth
from showcase.tests.kinds import INDEXES, write
from showcase.tests.test_blocks import BLOCKS, SHOWN, make_world, one_of_each
from showcase.tests.test_live_blocks import LOSSES, delete
from showcase.tests.writing import GONE

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)
CARD = re.compile(r'<meta property="og:image" content="http://localhost:8000(/[^"]+)">')
TOLD_AS = {
    "story": "Article",
    "feature": "Article",
    "news": "NewsArticle",
    "fair": "Event",
    "village": "TouristAttraction",
    "guide": "Article",
}
FEEDS = {"story": "rss/", "news": "rss/"}
NAMES = {"vi": "Trà Shan", "en": "Shan tea"}
GONE_IN = {"vi": GONE, "en": "A product that was shown here is no longer offered."}
OF_THE_PRODUCT = {"products", "products_by_rule", "producer", "figure"}
STARS = {"vi": "4 sao", "en": "4 stars"}


def let_its_stars_run_out(product, jobs):
    yesterday = timezone.localdate() - timedelta(days=1)
    Recognition.objects.update(issued_on=date(2020, 1, 1), expires_on=yesterday, holds_until=yesterday)
    show(product)


def write_both(kind: str, world) -> dict:
    """The page in both languages, by language, with what its kind has of the product beside its body."""
    more = {}
    if kind == "village":
        more["village"] = world.commune.villages.create(slug="ban-hon", name="Bản Hon")
    pages = {}
    for language in NAMES:
        if kind == "story":
            more["story_products"] = [StoryProduct(product=world.product)]
        if kind == "fair":
            more["booths"] = [Booth(producer=world.producer, product=world.product, number="A1")]
        pages[language] = write(kind, language, body=one_of_each(world), **more)
    return pages


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("happens", [*LOSSES, let_its_stars_run_out])
@pytest.mark.parametrize("kind", INDEXES)
def test_page_list_feed_card_and_data_outlive_a_product(client, jobs, settings, tmp_path, kind, happens):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()
    world = make_world(stars=None if happens is delete else 4)  # a product with a decision cannot be deleted
    pages = write_both(kind, world)
    shown = {name: SHOWN[name](world)[1:] for name in BLOCKS if name not in OF_THE_PRODUCT}
    for language, page in pages.items():
        assert NAMES[language] in read(client, page.url)

    happens(world.product, jobs)

    is_sold = happens is let_its_stars_run_out
    for language, page in pages.items():
        html = read(client, page.url)
        assert (NAMES[language] in html, STARS[language] in html) == (is_sold, False)
        assert (GONE_IN[language] in html) is not is_sold
        for name, texts in shown.items():  # all other blocks stand as before
            assert all(text in html for text in texts[language == "en"]), name
        data = [json.loads(each) for each in DATA.findall(html)]
        assert TOLD_AS[kind] in [each["@type"] for each in data]
        assert NAMES[language] not in str(data)
        for address in (INDEXES[kind][1 + (language == "en")], page.get_parent().url + FEEDS.get(kind, "")):
            assert "Mật ong ba vùng" in read(client, address)
        card = client.get(CARD.search(html)[1])
        assert (card.status_code, card["Content-Type"]) == (200, "image/png")
