"""How a picture stands in a page: the form, the cut and the width that the screen needs, and its place kept free."""

from types import SimpleNamespace

from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import translation

from storefront.templatetags.pictures import SIZES, picture, preload_picture

FORMS = ("avif", "webp", "jpeg")


def rows(name, ratio, forms=FORMS):
    return {
        form: [[width, round(width / ratio), f"/media/{name}-{width}.{form}"] for width in (336, 672)] for form in forms
    }


WHOLE = rows("che", 2)
CUT = WHOLE | {"cuts": {"square": rows("che-square", 1), "wide": rows("che-wide", 4 / 3)}}
MOTIF = rows("ong", 1, ("webp", "jpeg"))


def shown(*args, **kwargs):
    return BeautifulSoup(picture(*args, **kwargs), "html.parser").picture


def test_avif_is_offered_first_then_webp_then_jpeg_each_in_all_widths():
    found = shown(CUT, "Đồi chè", "card")

    assert [source["type"] for source in found.find_all("source")] == ["image/avif", "image/webp"]
    assert [source["srcset"] for source in found.find_all("source")] == [
        f"/media/che-square-336.{form} 336w, /media/che-square-672.{form} 672w" for form in ("avif", "webp")
    ]
    assert found.img["srcset"] == "/media/che-square-336.jpeg 336w, /media/che-square-672.jpeg 672w"
    assert {each["sizes"] for each in found.find_all(["source", "img"])} == {SIZES["card"]}


def test_each_shape_takes_its_cut_and_keeps_its_place():
    places = {shape: shown(CUT, "", "card", shape=shape).img for shape in ("", "wide", "whole")}

    assert {shape: (img["src"], img["width"], img["height"]) for shape, img in places.items()} == {
        "": ("/media/che-square-672.jpeg", "672", "672"),
        "wide": ("/media/che-wide-672.jpeg", "672", "504"),
        "whole": ("/media/che-672.jpeg", "672", "336"),
    }


def test_a_picture_whose_cuts_are_not_made_yet_is_shown_as_it_is():
    assert shown(WHOLE, "", "card").img["src"] == "/media/che-672.jpeg"
    assert shown({"cuts": {}, **WHOLE}, "", "card", shape="wide").img["src"] == "/media/che-672.jpeg"


def test_a_motif_has_no_avif_and_needs_none():
    found = shown(MOTIF, "", "card")

    assert [source["type"] for source in found.find_all("source")] == ["image/webp"]


def test_a_picture_without_files_is_an_empty_frame_of_the_same_shape():
    for files in (None, {}, ""):
        assert picture(files, "", "card", shape="wide") == '<span class="picture" data-empty data-shape="wide"></span>'
        assert preload_picture(files, "card") == ""


def test_pictures_wait_until_they_are_near_but_for_the_largest():
    waits, first = shown(CUT, "", "card").img, shown(CUT, "", "card", eager=True).img

    assert (waits["loading"], "fetchpriority" in waits.attrs) == ("lazy", False)
    assert ("loading" in first.attrs, first["fetchpriority"]) == (False, "high")


def test_what_is_preloaded_is_what_the_page_will_take():
    for files in (CUT, WHOLE, MOTIF):
        link = BeautifulSoup(preload_picture(files, "lead", "wide"), "html.parser").link
        source = shown(files, "", "lead", shape="wide").source

        assert (link["rel"], link["as"], link["fetchpriority"]) == (["preload"], "image", "high")
        assert (link["type"], link["imagesrcset"], link["imagesizes"]) == (
            source["type"],
            source["srcset"],
            source["sizes"],
        )


def test_an_upright_picture_that_is_shown_whole_is_told_apart():
    assert "data-upright" in shown(rows("ba", 2 / 3), "", "block", shape="whole").attrs
    assert "data-upright" not in shown(rows("ba", 2 / 3), "", "card").attrs
    assert "data-upright" not in shown(WHOLE, "", "block", shape="whole").attrs


def test_words_about_a_picture_cannot_end_its_markup():
    found = shown(CUT, 'Ong "chúa" <b>[vi:Mường]</b>', 'x" onload="y', shape='" onclick="z')

    assert found.img["alt"] == 'Ong "chúa" <b>Mường</b>'
    assert found.img["sizes"] == 'x" onload="y'
    assert "onclick" not in found.attrs and "onload" not in found.img.attrs


def test_a_picture_without_english_words_says_the_vietnamese_ones():
    template = Template("{% load pictures %}{{ row|alternative }}")
    said = []
    for alt_en in ("Tea", ""):
        for language in ("vi", "en"):
            with translation.override(language):
                said.append(template.render(Context({"row": SimpleNamespace(alt="Chè", alt_en=alt_en)})))
    assert said == ["Chè", "Tea", "Chè", "Chè"]
