"""What pages ask of the database: little, and as much for thirty blocks as for one."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from factories import make_commune, make_producer
from showcase.loading import load_pages
from showcase.models.fair import Booth
from showcase.tests.kinds import BODY, INDEXES, village, write
from showcase.tests.writing import document_of, picture_of, publish_story, sold

pytestmark = pytest.mark.django_db
KINDS = (
    "products", "products_by_rule", "producer", "figure", "documents", "gallery", "places", "call", "columns"
)  # fmt: skip


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


def queries(address: str) -> int:
    """How many queries a request costs when the process has answered one before."""
    assert Client().get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address).status_code == 200
    return len(asked)


def rules(count: int) -> list:
    nothing = {"title": "", "group": "", "commune": "", "producer": None, "stars": "", "in_season": "yes"}
    return [("products_by_rule", {**nothing, "count": number}) for number in range(1, count + 1)]


def blocks(kind: str, count: int) -> list:
    """So many blocks of a kind, or one gallery of so many pictures."""
    if kind == "products":
        return [("products", {"products": [product]}) for product in sold(count)]
    if kind == "products_by_rule":
        sold(count)
        return rules(count)
    if kind == "producer":
        return [("producer", {"producer": make_producer(picture=picture_of(f"p{n}"))}) for n in range(count)]
    if kind == "figure":
        words = {"commune": "", "group": "", "text": "x"}
        return [("figure", {"what": ("rated", "products")[n % 2], **words}) for n in range(count)]
    if kind == "documents":
        return [("documents", {"documents": [document_of(f"to-{n}.pdf")]}) for n in range(count)]
    if kind == "places":
        return [("places", {"title": "", "communes": [make_commune().slug]}) for _ in range(count)]
    if kind == "call":
        pages = [Page.objects.get(pk=publish_story(slug=f"dich-{uuid4().hex[:8]}").pk) for _ in range(count)]
        return [("call", {"text": "Xem", "page": page, "address": "", "kind": "main"}) for page in pages]
    pictures = [{"picture": picture_of(f"p{number}"), "caption": ""} for number in range(count * 2)]
    if kind == "columns":
        pairs = zip(pictures[::2], pictures[1::2], strict=True)
        return [("columns", {"columns": [[("picture", one)], [("picture", other)]]}) for one, other in pairs]
    return [("gallery", {"pictures": pictures})]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_as_much_for_thirty_blocks_as_for_one(kind):
    sold(1)
    for number in range(4):  # enough for the list of others under each page
        publish_story(slug=f"bai-{number}")
    publish_story(slug="mot", body=blocks(kind, 1))
    publish_story(slug="nhieu", body=blocks(kind, 30))
    assert queries("/cau-chuyen/nhieu/") == queries("/cau-chuyen/mot/") <= 14


def test_a_story_with_ten_products_asks_at_most_12_times():
    for number in range(3):
        publish_story(slug=f"bai-{number}")
    publish_story(*sold(10), body=BODY, picture=picture_of("che"))
    assert queries("/cau-chuyen/mat-ong/") <= 12


def test_a_story_with_everything_asks_at_most_20_times():
    publish_story(*sold(10), body=[block for kind in KINDS for block in blocks(kind, 3)])
    assert queries("/cau-chuyen/mat-ong/") <= 20


@pytest.mark.parametrize("kind", INDEXES)
def test_a_page_of_any_kind_asks_at_most_15_times(kind):
    for number in range(4):
        write(kind, slug=f"bai-{number}")
    fields = {}
    if kind == "fair":
        fields["booths"] = [Booth(producer=tea.listing.producer, product=tea) for tea in sold(6)]
    if kind == "village":
        home = village()
        sold(6, producer=make_producer(area=home.commune))
        fields["village"] = home
    write(kind, picture=picture_of("che"), body=BODY, **fields)
    most = 16 if kind == "fair" else 15  # its activities, and the booths that were asked for
    assert queries(f"{INDEXES[kind][1]}mat-ong/") <= most


@pytest.mark.parametrize("kind", INDEXES)
def test_an_index_of_any_kind_asks_as_much_for_ten_pages_as_for_one(kind):
    write(kind, slug="dau", picture=picture_of("che"))
    once = queries(INDEXES[kind][1])
    for number in range(9):
        write(kind, slug=f"bai-{number}", picture=picture_of(f"p{number}"))
    assert queries(INDEXES[kind][1]) == once <= 12
