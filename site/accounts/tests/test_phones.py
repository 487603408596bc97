"""Telephone numbers as people type them. The numbers are examples, nobody's."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.phones import BadPhone, display_phone, mask_phone, parse_phone

MOBILE, LAND_LINE = "+84912345678", "+842133876543"


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        " 0912.345.678 ",
        "0912-345-678",
        "0912–345–678",
        "912345678",
        "84912345678",
        "+84912345678",
        "+84.912.345.678",
        "+84 (0)912 345 678",
        "+840912345678",
        "0084 912 345 678",
        "0912\u00a0345\u00a0678",
        "\u202a0912 345 678\u202c",
        "０９１２３４５６７８",
    ],
)
def test_a_mobile_number_is_understood_as_typed(typed):
    assert parse_phone(typed) == MOBILE


@pytest.mark.parametrize(
    "typed", ["0213 3876 543", "(0213) 3876 543", "(0213)3876543", "0213.3.876.543", "842133876543", "+84 213 3876 543"]
)
def test_a_land_line_number_is_understood_as_typed(typed):
    assert parse_phone(typed) == LAND_LINE


@pytest.mark.parametrize(
    "typed",
    [
        "091234567",
        "09123456789",
        "0000000000",
        "0163 234 5678",
        "113",
        "1900 1234",
        "1800 599 920",
        "+1 650 253 0000",
        "+856 20 5555 1234",
        "0912 345 678 / 0213 3876 543",
        "0912 345 678 ext 5",
        "0912 345 67l",
        "0912 FLOWER",
        "gọi 0912 345 678",
        "tel:+84912345678",
        "+",
        "()",
        "9" * 300,
    ],
)
def test_what_nobody_in_vietnam_can_be_called_on_is_refused_with_advice(typed):
    with pytest.raises(BadPhone) as refused, translation.override("vi"):
        parse_phone(typed)
    assert str(refused.value.message) == (
        "Số điện thoại chưa đúng. Hãy nhập số Việt Nam, ví dụ 0912 345 678 hoặc 0213 3876 543."
    )


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
def test_an_empty_number_is_asked_for(typed):
    with pytest.raises(BadPhone) as refused, translation.override("vi"):
        parse_phone(typed)
    assert str(refused.value.message) == "Hãy nhập số điện thoại."


def test_a_refusal_is_a_value_error():
    with pytest.raises(ValueError):
        parse_phone("113")


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(typed):
    try:
        phone = parse_phone(typed)
    except BadPhone:
        return
    assert phone.startswith("+84") and phone[1:].isascii() and phone[1:].isdecimal()


@given(st.sampled_from(["090", "091", "038", "070", "082"]), st.text("0123456789", min_size=7, max_size=7))
def test_a_shown_number_reads_back_the_same(prefix, rest):
    phone = parse_phone(prefix + rest)
    assert phone == "+84" + prefix[1:] + rest
    assert parse_phone(display_phone(phone)) == phone


@pytest.mark.parametrize(
    ("phone", "shown"),
    [(MOBILE, "0912 345 678"), (LAND_LINE, "0213 3876 543"), ("", ""), ("0213 hỏi văn phòng", "0213 hỏi văn phòng")],
)
def test_a_number_is_shown_as_it_is_written_in_vietnam(phone, shown):
    assert display_phone(phone) == shown


@pytest.mark.parametrize(
    ("phone", "masked"),
    [(MOBILE, "09** *** 678"), (LAND_LINE, "02** **** 543"), ("", ""), ("+84", "+**"), ("12345", "*****")],
)
def test_a_masked_number_shows_its_ends_alone(phone, masked):
    assert mask_phone(phone) == masked
