"""The files of the built-in pages."""

import re

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


def test_no_story_tells_of_alcohol():
    alcohol = {product["slug"] for product in built_in()["products"] if product["set"] in (14, 15)}
    told = {
        slug for name in content_files.names("stories") for slug in content_files.read("stories", name, "vi").products
    }
    assert len(alcohol) == 2 and not told & alcohol
