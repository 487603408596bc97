"""For tests of every kind of page: where its index is, and the least that a page of it must have."""

from uuid import uuid4

from django.utils import timezone

from factories import make_commune
from showcase import models
from showcase.tests.writing import index_of, publish

INDEXES = {  # by the name of the kind, and their addresses
    "story": (models.StoryIndexPage, "/cau-chuyen/", "/en/stories/"),
    "feature": (models.FeatureIndexPage, "/chuyen-de/", "/en/features/"),
    "news": (models.NewsIndexPage, "/tin-tuc/", "/en/news/"),
    "fair": (models.FairIndexPage, "/hoi-cho/", "/en/fairs/"),
    "village": (models.VillageIndexPage, "/ban-lang/", "/en/villages/"),
    "guide": (models.GuideIndexPage, "/cam-nang/", "/en/guides/"),
}
BODY = [("heading", "Đầu tiên"), ("text", "<p>Một đoạn.</p>"), ("heading", "Sau đó"), ("slogan", "Sao của hội đồng")]
TODAY = timezone.localdate


def village(**fields):
    """A village of a commune of its own."""
    slug = f"ban-{uuid4().hex[:8]}"
    return make_commune().villages.create(**{"slug": slug, "name": "Bản Hon", **fields})


def write(kind: str, language="vi", **fields):
    """A page of a kind with all that it must have, and its title "Mật ong ba vùng" unless told."""
    if kind == "fair":
        fields = {"starts_on": TODAY(), "ends_on": TODAY(), "place": "Chợ San Thàng", **fields}
    if kind == "village" and "village" not in fields:
        fields["village"] = village()
    if kind == "feature":
        fields = {"slogan": "Bốn mùa", "feature_stories": [], **fields}
    return publish(index_of(INDEXES[kind][0], language), **fields)
