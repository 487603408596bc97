"""The files of the built-in pages."""

import re
from datetime import date

import pytest

from catalogue.built_in import built_in
from pictures import motifs
from showcase import content_files

TEXT = """title: [vi:Séng Cù], the rice
slug: the-rice
summary: On a valley floor: one co-operative.
motif: rice
products: gao-a, gao-b

The first paragraph
goes over two lines.

## A heading with [vi:Mường Than]

> A slogan

Another paragraph: with a colon.

## Sources
- A newspaper, 2024
- A decision
"""


def test_a_story_is_read_into_its_parts():
    story = content_files.parse(TEXT)
    assert (story.title, story.slug, story.motif) == ("[vi:Séng Cù], the rice", "the-rice", "rice")
    assert story.summary == "On a valley floor: one co-operative."
    assert story.products == ("gao-a", "gao-b")
    assert story.body == (
        ("text", "<p>The first paragraph goes over two lines.</p>"),
        ("heading", "A heading with [vi:Mường Than]"),
        ("slogan", "A slogan"),
        ("text", "<p>Another paragraph: with a colon.</p>"),
        ("sources", [{"text": "A newspaper, 2024"}, {"text": "A decision"}]),
    )


def test_a_story_of_no_product_has_none():
    assert content_files.parse(TEXT.replace("gao-a, gao-b", "")).products == ()


def test_a_file_without_a_title_is_no_story():
    with pytest.raises(KeyError, match="title"):
        content_files.parse(TEXT.replace("title: ", "name: "))


def test_sixteen_stories_in_two_languages_are_whole():
    known = {product["slug"] for product in built_in()["products"]}
    names = content_files.names("stories")
    assert len(names) == 16
    for name in names:
        pair = [content_files.read("stories", name, language) for language in ("vi", "en")]
        assert pair[0].products == pair[1].products and set(pair[0].products) <= known, name
        assert pair[0].motif == pair[1].motif and pair[0].motif in motifs.names(), name
        for story in pair:
            kinds = [kind for kind, _value in story.body]
            assert kinds.count("sources") == 1 and kinds[-1] == "sources" and kinds.count("text") >= 4, name
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", story.slug)


WHOLE = {"stories": 16, "news": 6, "guides": 6, "fairs": 2, "villages": 9}
HEADS = {  # what the kind needs besides title, slug, summary, motif and products
    "stories": set(),
    "news": set(),  # without a date, a piece of news is of the day on which it is loaded
    "guides": set(),
    "fairs": {"commune", "place", "starts_in_days", "days", "producers"},
    "villages": {"village", "access", "seasons"},
}
SAME_IN_BOTH = ("motif", "products", "date", "commune", "starts_in_days", "days", "producers", "village")


def pages_of(kind: str) -> list[tuple]:
    """The pages of a kind as pairs of their Vietnamese and English files."""
    return [
        tuple(content_files.read(kind, name, language) for language in ("vi", "en"))
        for name in content_files.names(kind)
    ]


@pytest.mark.parametrize("kind", WHOLE)
def test_all_pages_of_a_kind_are_there_with_whole_heads_in_both_languages(kind):
    pairs = pages_of(kind)
    assert len(pairs) == WHOLE[kind]
    for pair in pairs:
        for page in pair:
            assert HEADS[kind] <= {key for key, text in page.told.items() if text}, page.slug
            assert page.title and 0 < len(page.summary) <= 250 and page.motif in motifs.names(), page.slug
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", page.slug)
            assert [kind for kind, _value in page.body].count("text") >= 2, page.slug
        vi, en = pair
        assert [vi.told.get(key) for key in SAME_IN_BOTH] == [en.told.get(key) for key in SAME_IN_BOTH], vi.slug
    for language in (0, 1):
        assert len({pair[language].slug for pair in pairs}) == len(pairs)


@pytest.mark.parametrize("kind", WHOLE)
def test_what_pages_name_is_in_the_built_in_data_and_is_no_alcohol(kind):
    data = built_in()
    sober = {product["slug"] for product in data["products"] if product["set"] not in (14, 15)}
    makers = {producer["slug"] for producer in data["producers"]}
    villages = {village["slug"] for village in data["villages"]}
    for page, _english in pages_of(kind):
        assert set(page.products) <= sober, page.slug
        assert set(page.list_of("producers")) <= makers, page.slug
        assert {page.told.get("village")} <= villages | {None}, page.slug
        if page.told.get("date"):
            assert date(2018, 1, 1) < date.fromisoformat(page.told["date"]) < date(2027, 1, 1), page.slug
        if kind == "fairs":
            assert int(page.told["starts_in_days"]) > 0 and int(page.told["days"]) > 0


def test_each_built_in_village_has_one_page():
    told = [page.told["village"] for page, _english in pages_of("villages")]
    assert sorted(told) == sorted(village["slug"] for village in built_in()["villages"])
