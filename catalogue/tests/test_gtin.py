"""Numbers under bar codes. 4006381333931 and its like are the textbook examples of GS1's sum."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from catalogue.gtin import LENGTHS, check_digit, is_valid_gtin, validate_gtin

RIGHT = ["96385074", "036000291452", "4006381333931", "8930000000019", "10614141000415"]
WRONG_FORM = [
    "",
    "893",
    "89300000001",
    "893000000001900",
    "893 000000001 9",
    "89300000000-9",
    "893000000001O",
    "８９３０００００００００１９",
    "00000000",
    "0000000000000",
    "8930000000019\n",
]


@pytest.mark.parametrize(
    ("body", "digit"), [("9638507", 4), ("03600029145", 2), ("400638133393", 1), ("1061414100041", 5), ("0000000", 0)]
)
def test_the_check_digit_follows_from_the_others(body, digit):
    assert check_digit(body) == digit


def test_a_check_digit_is_of_digits_only():
    with pytest.raises(ValueError):
        check_digit("40063813339a")


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_gtin_is_valid(text):
    assert is_valid_gtin(text) is True
    assert validate_gtin(text) is None


@pytest.mark.parametrize("text", WRONG_FORM)
def test_anything_but_a_gtin_of_known_length_is_refused(text):
    assert is_valid_gtin(text) is False
    with pytest.raises(ValidationError) as refused, translation.override("vi"):
        validate_gtin(text)
    assert (refused.value.code, list(refused.value.messages)) == (
        "gtin_form",
        ["Mã vạch phải có 8, 12, 13 hoặc 14 chữ số, viết liền nhau."],
    )


@pytest.mark.parametrize("text", ["96385073", "036000291451", "4006381333913", "10614141000416"])
def test_a_misprinted_gtin_is_refused_with_advice(text):
    assert is_valid_gtin(text) is False
    with pytest.raises(ValidationError) as refused, translation.override("vi"):
        validate_gtin(text)
    assert (refused.value.code, list(refused.value.messages)) == (
        "gtin_check_digit",
        ["Mã vạch có chữ số chưa đúng. Hãy nhập lại đúng dãy số dưới mã vạch trên bao bì."],
    )


@given(st.sampled_from(LENGTHS).flatmap(lambda n: st.text("0123456789", min_size=n - 1, max_size=n - 1)), st.data())
def test_one_wrong_digit_never_passes(body, data):
    if not body.strip("0"):
        body = "1" + body[1:]
    text = f"{body}{check_digit(body)}"
    assert is_valid_gtin(text)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != text[place]))
    assert not is_valid_gtin(text[:place] + other + text[place + 1 :])
