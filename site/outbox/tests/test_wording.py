"""Money, weights, days and names in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from outbox.wording import day, dong, grams, marked, marks_in, unmarked


@pytest.mark.parametrize(
    ("amount", "vietnamese", "english"),
    [
        (160000, "160.000 ₫", "₫160,000"),
        (Decimal("160000.00"), "160.000 ₫", "₫160,000"),
        (999, "999 ₫", "₫999"),
        (1234567890, "1.234.567.890 ₫", "₫1,234,567,890"),
        (0, "0 ₫", "₫0"),
        (-45000, "-45.000 ₫", "-₫45,000"),
        (Decimal("33333.5"), "33.334 ₫", "₫33,334"),
        (33333.333, "33.333 ₫", "₫33,333"),
        ("160000", "160.000 ₫", "₫160,000"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_money_is_written_in_the_readers_language(amount, vietnamese, english):
    with translation.override("vi"):
        assert dong(amount) == vietnamese
    with translation.override("en"):
        assert dong(amount) == english


@pytest.mark.parametrize(
    ("weight", "vietnamese", "english"),
    [
        (290, "290 g", "290 g"),
        (0, "0 g", "0 g"),
        (999, "999 g", "999 g"),
        (1000, "1 kg", "1 kg"),
        (1500, "1,5 kg", "1.5 kg"),
        (5040, "5,04 kg", "5.04 kg"),
        (10000, "10 kg", "10 kg"),
        (1234567, "1.234,567 kg", "1,234.567 kg"),
        (Decimal("500"), "500 g", "500 g"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_a_weight_is_written_in_the_readers_language(weight, vietnamese, english):
    with translation.override("vi"):
        assert grams(weight) == vietnamese
    with translation.override("en"):
        assert grams(weight) == english


@pytest.mark.parametrize(
    ("moment", "vietnamese", "english"),
    [
        (date(2026, 11, 24), "24/11/2026", "24 Nov 2026"),
        (date(2026, 3, 5), "05/03/2026", "5 Mar 2026"),
        (datetime(2026, 3, 5, 23, 59), "05/03/2026", "5 Mar 2026"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "01/01/2027", "1 Jan 2027"),
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), "31/12/2026", "31 Dec 2026"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_a_day_is_the_day_in_vietnam(moment, vietnamese, english):
    with translation.override("vi"):
        assert day(moment) == vietnamese
    with translation.override("en"):
        assert day(moment) == english


def test_vietnamese_is_spoken_where_no_language_is_chosen():
    with translation.override(None):
        assert (dong(160000), grams(5040), day(date(2026, 11, 24))) == ("160.000 ₫", "5,04 kg", "24/11/2026")


def test_british_english_is_english():
    with translation.override("en-gb"):
        assert dong(160000) == "₫160,000"


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        (
            "From [vi:Sìn Hồ] to [vi:Mường Tè].",
            'From <span lang="vi">Sìn Hồ</span> to <span lang="vi">Mường Tè</span>.',
            "From Sìn Hồ to Mường Tè.",
        ),
        ("a < b & [vi:<b>]", 'a &lt; b &amp; <span lang="vi">&lt;b&gt;</span>', "a < b & <b>"),
        ("[vi:\"x\" onclick='y']", '<span lang="vi">&quot;x&quot; onclick=&#x27;y&#x27;</span>', "\"x\" onclick='y'"),
        ('[vi" onclick="x:y]', "[vi&quot; onclick=&quot;x:y]", '[vi" onclick="x:y]'),
        ("thịt trâu [en:smoked]", 'thịt trâu <span lang="en">smoked</span>', "thịt trâu smoked"),
        ("[vi:]", "[vi:]", "[vi:]"),
        ("[vi:never closed", "[vi:never closed", "[vi:never closed"),
        ("[1] and [see: this]", "[1] and [see: this]", "[1] and [see: this]"),
        (mark_safe("<script>"), "&lt;script&gt;", "<script>"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_marked_names_get_their_language_and_all_else_is_escaped(text, html, plain):
    assert (marked(text), unmarked(text)) == (html, plain)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The market of [vi:Sìn Hồ]", "The market of Sin Ho"),
        ("[vi:Đường Thị Ưu], café", "Duong Thi Uu, café"),
        ("thịt trâu [en:café]", "thịt trâu café"),
    ],
)
def test_in_english_plain_text_vietnamese_names_lose_their_accents(text, plain):
    with translation.override("en"):
        assert unmarked(text) == plain


def test_marked_text_is_not_escaped_again_and_plain_text_is():
    assert isinstance(marked("[vi:Sìn Hồ]"), SafeString)
    assert not isinstance(unmarked(mark_safe("[vi:<b>] x")), SafeString)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>From [vi:Sìn Hồ].</p>", '<p>From <span lang="vi">Sìn Hồ</span>.</p>'),
        ('<a href="/tim/?q=[vi:chè]">tea</a>', '<a href="/tim/?q=[vi:chè]">tea</a>'),
        ('<a href="/?q=[vi:a]">[vi:chè]</a>', '<a href="/?q=[vi:a]"><span lang="vi">chè</span></a>'),
        ('[vi:Sìn <b title="]">Hồ</b>]', '<span lang="vi">Sìn </span><b title="]"><span lang="vi">Hồ</span></b>'),
        ("<p>[vi:Sìn</p><p>Hồ]</p>", '<p><span lang="vi">Sìn</span></p><p><span lang="vi">Hồ</span></p>'),
        ("<p>[vi:</p>", "<p>[vi:</p>"),
    ],
)
def test_marks_in_html_leave_addresses_alone_and_every_tag_whole(html, shown):
    assert marks_in(html) == shown
