"""The reader of pages sees what it is there to see."""

import pytest

from journeys.pages import is_english_sentence, is_vietnamese, read_page


@pytest.mark.parametrize("text", ["đồng", "Lai Châu", "Mường Tè", "Ưu", "quà", "a\u0309"])
def test_vietnamese_letters_are_seen(text):
    assert is_vietnamese(text)


@pytest.mark.parametrize("text", ["Lai Chau", "₫160,000", "naïve", "Ångström", "“quoted” – dash"])
def test_other_letters_are_not_vietnamese(text):
    assert not is_vietnamese(text)


@pytest.mark.parametrize("text", ["Add to your basket", "This page is not available", "Search all products"])
def test_english_sentences_are_seen(text):
    assert is_english_sentence(text)


@pytest.mark.parametrize(
    "text", ["OCOP Lai Châu", "VietQR", "An to in can so the no me hay ban", "Kim, 12 Kim", "Email"]
)
def test_names_and_vietnamese_syllables_are_no_english_sentences(text):
    assert not is_english_sentence(text)


def test_every_place_where_a_page_speaks_is_read_with_its_language():
    page = read_page(
        "http://testserver/en/",
        """<html lang="en"><head><title>Trà</title><meta name="description" content="Gạo">
        <link rel="preload" as="image" imagesrcset="/media/c.avif 336w, /media/d.avif 672w"></head><body>
        <p>Rice <span lang="vi">nếp</span> mật</p><img alt="Ảnh" src="/media/a.webp" srcset="/media/b.webp 2x">
        <input placeholder="Tìm" value="Mẫu"><input type="hidden" value="kín đáo"><button aria-label="Đóng"></button>
        <select><option value="xã">Xã</option></select><a href="/x/" title="Về" lang="vi">Tới</a>
        <script type="application/ld+json">{"name": "Dữ liệu"}</script></body></html>""",
    )

    assert [(said.place, said.text) for said in page.foreign("en")] == [
        ("title", "Trà"),
        ("meta", "Gạo"),
        ("p", "mật"),
        ("img alt", "Ảnh"),
        ("input placeholder", "Tìm"),
        ("input value", "Mẫu"),
        ("button aria-label", "Đóng"),
        ("option value", "xã"),
        ("option", "Xã"),
    ]
    assert page.files == [f"http://testserver/media/{name}" for name in ("c.avif", "d.avif", "a.webp", "b.webp")]
    assert page.links == ["http://testserver/x/"]


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<button onclick="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_what_a_strict_policy_forbids_is_seen(html):
    assert len(read_page("http://testserver/", html).inline) == 1


def test_data_and_scripts_in_files_are_no_inline_scripts():
    page = read_page(
        "http://testserver/",
        '<script type="module" src="/static/a.js"></script><script type="application/ld+json">{}</script>',
    )

    assert page.inline == []
