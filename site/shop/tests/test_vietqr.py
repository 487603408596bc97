"""VietQR payloads, against the examples of NAPAS and of two public projects, each with its checksum recomputed."""

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.vietqr import BANKS, BadPayload, Payload, Reason, build, checksum, parse, purpose_text, qr_svg

STATIC_TO_ACCOUNT = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F"

KNOWN_GOOD = [
    (
        "NAPAS 6.1.3: dynamic, to an account",
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
        "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E",
        Payload("970403", "0011012345678", "account", 180000, "thanh toan don hang", "NPS6869", True),
    ),
    (
        "NAPAS 6.1.2: static, to a card",
        "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52",
        Payload("970403", "9704031101234567", "card"),
    ),
    (
        "NAPAS 6.1.4: dynamic, to a card",
        "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC"
        "530370454061800005802VN62340107NPS68690819thanh toan don hang6304A203",
        Payload("970403", "9704031101234567", "card", 180000, "thanh toan don hang", "NPS6869", True),
    ),
    (
        "subiz, VietinBank",
        "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA"
        "530370454061200005802VN62170813ung ho lu lut6304C15C",
        Payload("970415", "0011001932418", "account", 120000, "ung ho lu lut", "", True),
    ),
    (
        "Vietcombank",
        "00020101021238570010A00000072701270006970436011300110018008790208QRIBFTTA"
        "530370454061000005802VN62130809nhan tien6304D1EF",
        Payload("970436", "0011001800879", "account", 100000, "nhan tien", "", True),
    ),
    ("static, to an account", STATIC_TO_ACCOUNT, Payload("970403", "0011012345678", "account")),
]
good = pytest.mark.parametrize(("text", "payload"), [row[1:] for row in KNOWN_GOOD], ids=[row[0] for row in KNOWN_GOOD])


def summed(text: str) -> str:
    """The text with a right checksum, so that only what the test changed is wrong with it."""
    return f"{text}6304{checksum(text + '6304')}"


def changed(old: str, new: str) -> str:
    """The static payload with one part changed and the sum put right again."""
    body = STATIC_TO_ACCOUNT[:-8]
    assert body.count(old) == 1
    return summed(body.replace(old, new))


@good
def test_a_known_payload_is_built_to_the_letter(text, payload):
    built = build(
        bin=payload.bin,
        account=payload.account,
        to=payload.to,
        amount=payload.amount,
        purpose=payload.purpose,
        bill=payload.bill,
    )
    assert built == text


@good
def test_a_known_payload_is_read(text, payload):
    assert parse(text) == payload


def test_the_checksum_is_crc_16_ccitt_false():
    assert checksum("123456789") == "29B1"


def test_a_length_that_is_wrong_under_a_right_checksum_is_refused():
    text = STATIC_TO_ACCOUNT.replace("0113", "0112").removesuffix("9E6F") + "F4E5"
    assert checksum(text[:-4]) == "F4E5"
    with pytest.raises(BadPayload) as refused:
        parse(text)
    assert refused.value.reason == Reason.LENGTH


TEMPLATE = "38570010A00000072701270006970403011300110123456780208QRIBFTTA"
ACCOUNT_38 = "0010A00000072701270006970403011300110123456780208QRIBFTTA"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", Reason.LENGTH, id="empty"),
        pytest.param(STATIC_TO_ACCOUNT + "\n", Reason.CHARACTERS, id="line end"),
        pytest.param(STATIC_TO_ACCOUNT.replace("VN", "VŃ"), Reason.CHARACTERS, id="letter with a mark"),
        pytest.param(STATIC_TO_ACCOUNT[:-4] + "9E6E", Reason.CHECKSUM, id="wrong sum"),
        pytest.param(STATIC_TO_ACCOUNT[:-4] + "9e6f", Reason.CHECKSUM, id="sum in small letters"),
        pytest.param(STATIC_TO_ACCOUNT.replace("12345678", "12345679"), Reason.CHECKSUM, id="another account, old sum"),
        pytest.param(STATIC_TO_ACCOUNT[:-1], Reason.LENGTH, id="cut off"),
        pytest.param(STATIC_TO_ACCOUNT[:-8], Reason.LAST, id="no sum"),
        pytest.param(STATIC_TO_ACCOUNT + "5204", Reason.LENGTH, id="a length beyond the end"),
        pytest.param(STATIC_TO_ACCOUNT + "52045411", Reason.LAST, id="an object after the sum"),
        pytest.param(changed(TEMPLATE, "38610" + TEMPLATE[5:]), Reason.LENGTH, id="a template that overruns"),
        pytest.param(changed("5802VN", "5800"), Reason.LENGTH, id="an empty value"),
        pytest.param(changed("5802VN", "5802VN5802VN"), Reason.TWICE, id="an object twice"),
        pytest.param(changed("000201", ""), Reason.FIRST, id="no format"),
        pytest.param(changed("000201010211", "010211000201"), Reason.FIRST, id="format second"),
        pytest.param(changed("000201", "000202"), Reason.FIRST, id="another format"),
        pytest.param(changed("010211", ""), Reason.POINT, id="neither static nor dynamic"),
        pytest.param(changed("010211", "010213"), Reason.POINT, id="an unknown point of initiation"),
        pytest.param(changed(TEMPLATE, ""), Reason.GUID, id="no transfer"),
        pytest.param(changed(TEMPLATE, "3843" + ACCOUNT_38[14:]), Reason.GUID, id="no GUID"),
        pytest.param(changed("A000000727", "A000000728"), Reason.GUID, id="another GUID"),
        pytest.param(changed(TEMPLATE, "38260010A0000007270208QRIBFTTA"), Reason.ACCOUNT, id="nobody to pay"),
        pytest.param(changed("970403", "97O403"), Reason.ACCOUNT, id="a letter in the bank's number"),
        pytest.param(changed("QRIBFTTA", "QRPUSHXX"), Reason.SERVICE, id="another service"),
        pytest.param(changed("5303704", "5303840"), Reason.CURRENCY, id="dollars"),
        pytest.param(changed("5303704", ""), Reason.CURRENCY, id="no currency"),
        pytest.param(changed("5802VN", "5802LA"), Reason.COUNTRY, id="another country"),
        pytest.param(changed("5802VN", "54010" + "5802VN"), Reason.AMOUNT, id="nothing to pay"),
        pytest.param(changed("5802VN", "54040.00" + "5802VN"), Reason.AMOUNT, id="nothing to pay, with a point"),
        pytest.param(changed("5802VN", "5403-10" + "5802VN"), Reason.AMOUNT, id="less than nothing"),
        pytest.param(changed("5802VN", "54071800.50" + "5802VN"), Reason.AMOUNT, id="half a đồng"),
        pytest.param(changed("5802VN", "54071 80000" + "5802VN"), Reason.AMOUNT, id="a space in the amount"),
        pytest.param(changed("5802VN", "541410000000000000" + "5802VN"), Reason.AMOUNT, id="fourteen digits"),
        pytest.param(changed("5802VN", "5802VN6230" + "0826" + "a" * 26), Reason.TEXT, id="a long purpose"),
        pytest.param(changed("5802VN", "5802VN6207" + "0804abc"), Reason.LENGTH, id="a purpose that overruns"),
    ],
)
def test_a_bad_payload_is_refused_with_its_reason(text, reason):
    with pytest.raises(BadPayload) as refused:
        parse(text)
    assert refused.value.reason == reason


def test_objects_without_use_for_us_are_passed_over():
    text = changed("5802VN", "52045411" + "5406180000" + "5802VN" + "5908HTX CHE " + "6008LAI CHAU")
    assert parse(text) == Payload("970403", "0011012345678", "account", 180000)


def test_an_amount_may_end_with_a_point_and_zeros():
    assert parse(changed("5802VN", "5409180000.00" + "5802VN")).amount == 180000


def test_the_bank_of_a_payload_has_a_name():
    assert parse(STATIC_TO_ACCOUNT).bank == "Sacombank"
    assert Payload("999999", "1", "account").bank == ""


def test_bank_numbers_and_names_are_unlike():
    assert len(BANKS) == len(set(BANKS.values())) == 20
    assert all(len(number) == 6 and number.startswith("9704") for number in BANKS)


letters = st.text("ABCDEFGHJKMNPQRSTVWXYZabcxyz0123456789", max_size=25)


@given(
    bin=st.sampled_from(sorted(BANKS)),
    account=st.text("0123456789ABCXYZ", min_size=1, max_size=19),
    to=st.sampled_from(["account", "card"]),
    amount=st.none() | st.integers(1, 10**13 - 1),
    purpose=st.text(max_size=60).map(purpose_text),
    bill=letters,
)
def test_what_is_built_reads_back_the_same(bin, account, to, amount, purpose, bill):
    text = build(bin=bin, account=account, to=to, amount=amount, purpose=purpose, bill=bill)
    assert parse(text) == Payload(bin, account, to, amount, purpose, bill, amount is not None)


@given(place=st.integers(0, len(STATIC_TO_ACCOUNT) - 1), sign=st.characters(min_codepoint=32, max_codepoint=126))
def test_one_misread_sign_never_passes(place, sign):
    misread = STATIC_TO_ACCOUNT[:place] + sign + STATIC_TO_ACCOUNT[place + 1 :]
    if misread == STATIC_TO_ACCOUNT:
        assert parse(misread).account == "0011012345678"
        return
    with pytest.raises(BadPayload):
        parse(misread)


@given(st.text())
def test_any_text_is_either_read_or_refused_as_a_payload(text):
    with pytest.raises(BadPayload):
        parse(text)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bin": "97040"},
        {"bin": "9704O3"},
        {"account": ""},
        {"account": "0" * 20},
        {"account": "0011 0123"},
        {"to": "wallet"},
        {"amount": 0},
        {"amount": -1},
        {"amount": 10**13},
        {"amount": 180000.0},
        {"amount": True},
        {"purpose": "a" * 26},
        {"purpose": "đơn hàng"},
        {"purpose": " don hang"},
        {"bill": "b" * 26},
        {"bill": "hóa đơn"},
    ],
    ids=str,
)
def test_a_value_that_cannot_stand_in_a_payload_is_refused(wrong):
    right = {"bin": "970403", "account": "0011012345678"}
    assert build(**right) == STATIC_TO_ACCOUNT
    with pytest.raises(ValueError):
        build(**right | wrong)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("Đơn hàng ABCDE-FGHJK", "Don hang ABCDE FGHJK"),
        ("  thanh toán\n đơn   hàng!", "thanh toan don hang"),
        ("Chuyển tiền mua chè Shan tuyết Tà Tổng", "Chuyen tien mua che Shan"),
        ("đường ƯỚP", "duong UOP"),
        ("***", ""),
        ("", ""),
    ],
)
def test_a_purpose_is_plain_and_short(text, purpose):
    assert purpose_text(text) == purpose


def test_a_code_is_drawn_as_one_svg_that_the_style_sheet_sizes():
    drawn = qr_svg(STATIC_TO_ACCOUNT, title="Chuyển 5 < 6 & nhiều hơn")
    svg = ElementTree.fromstring(drawn)
    assert (svg.tag, svg.attrib) == ("svg", {"role": "img", "viewBox": "0 0 45 45", "class": "qr"})
    assert svg.find("title").text == "Chuyển 5 < 6 & nhiều hơn"
    paper, ink = svg.findall("path")
    assert paper.attrib == {"fill": "#fff", "d": "M0 0h45v45h-45z"}
    assert ink.get("stroke") == "#000"
    assert ink.get("d").startswith("M4 4.5h7"), "four modules of quiet around the first corner"
    assert "style" not in drawn and "script" not in drawn


def test_a_code_drawn_without_a_title_is_called_what_it_is():
    assert "<title>Mã VietQR</title>" in qr_svg(STATIC_TO_ACCOUNT)
