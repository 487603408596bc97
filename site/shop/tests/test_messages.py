"""Letters: each in its reader's language, once, with the sentences that the law asks for."""

from datetime import date

import pytest
from django.utils import translation

from factories import make_manager, make_member, make_producer, make_product, make_purchase
from outbox.models import Mail
from shop.models import Purchase
from shop.transfers import end_run_out_purchases, record_transfer
from shop.workflow import cancel, note_refund_paid, pack, send

pytestmark = pytest.mark.django_db
NO_MEDICINE = "Thực phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh."
ADULTS_ONLY = "Đồ uống có cồn chỉ bán cho người từ đủ 18 tuổi."


def letters(kind: str) -> list[Mail]:
    return list(Mail.objects.filter(key__startswith=f"{kind}:").order_by("pk"))


def kinds() -> list[str]:
    return sorted(key.split(":")[0] for key in Mail.objects.values_list("key", flat=True))


# --- Who is told what, when -------------------------------------------------------------------------------------------


def test_cash_tells_the_buyer_and_the_producer_at_once():
    purchase = make_purchase(email="nguoi-mua@vidu.vn")

    assert kinds() == ["producer_order", "purchase_placed"]
    assert letters("purchase_placed")[0].to == "nguoi-mua@vidu.vn"
    assert letters("producer_order")[0].to == purchase.parcels.get().producer.email


def test_a_transfer_tells_the_producer_only_when_the_money_is_there():
    purchase = make_purchase(method="transfer")
    assert kinds() == ["purchase_placed"]

    record_transfer(purchase, amount=purchase.total, reference="FT1")

    assert kinds() == ["producer_order", "purchase_paid", "purchase_placed"]


def test_each_producer_reads_of_its_own_parcel_alone():
    tea, rice = make_product(title="Trà Shan"), make_product(title="Gạo séng cù")
    make_purchase(tea, rice)

    by_producer = {letter.to: letter.text for letter in letters("producer_order")}
    assert len(by_producer) == 2
    of_tea = by_producer[tea.listing.producer.email]
    assert "Trà Shan" in of_tea
    assert "Gạo séng cù" not in of_tea


def test_a_producer_without_an_address_is_told_through_its_members():
    producer = make_producer(email="")
    first, second = make_member(producer), make_member(producer)

    make_purchase(make_product(producer))

    assert [letter.to for letter in letters("producer_order")] == [first.email, second.email]


def test_who_left_no_address_gets_no_letter():
    purchase = make_purchase(email="", method="transfer")
    record_transfer(purchase, amount=purchase.total, reference="FT1")

    assert kinds() == ["producer_order"]


def test_a_letter_is_written_once_a_cause():
    purchase = make_purchase(method="transfer")

    record_transfer(purchase, amount=purchase.total, reference="FT1")
    record_transfer(purchase, amount=purchase.total, reference="FT1")

    assert kinds() == ["producer_order", "purchase_paid", "purchase_placed"]
    keys = Mail.objects.values_list("key", flat=True)
    assert f"purchase_placed:{purchase.code}" in keys
    assert all(len(key) <= 120 for key in keys)


def test_a_letter_to_a_very_long_address_keeps_a_key_that_fits():
    address = f"{'hop-tac-xa-' * 5}@{'ten-mien-rat-dai-' * 10}vidu.vn"
    make_purchase(make_product(make_producer(email=address)))

    letter = letters("producer_order")[0]
    assert (letter.to, len(letter.key) <= 120) == (address, True)


def test_cancelling_many_parcels_keeps_a_key_that_fits():
    producers = [make_producer() for _ in range(30)]
    purchase = make_purchase(*(make_product(producer) for producer in producers))

    cancel(purchase, reason="đổi ý")

    assert len(letters("purchase_cancelled")[0].key) <= 120
    assert len(letters("producer_cancelled")) == 30


def test_a_parcel_on_its_way_is_announced():
    purchase = make_purchase()
    parcel = purchase.parcels.get()
    pack(parcel, by=None)
    assert letters("parcel_sent") == []

    send(parcel, by=None)

    letter = letters("parcel_sent")[0]
    assert parcel.order.number in letter.subject
    assert f"{parcel.days_min}–{parcel.days_max} ngày" in letter.text


def test_a_cancelled_purchase_that_never_reached_its_producer_does_not_trouble_it():
    purchase = make_purchase(method="transfer")

    cancel(purchase, reason="đổi ý")

    assert kinds() == ["purchase_cancelled", "purchase_placed"]


def test_a_refund_is_announced_when_it_is_sent():
    purchase = make_purchase(method="transfer")
    record_transfer(purchase, amount=purchase.total, reference="FT1")
    cancel(purchase, reason="hết hàng")
    assert "sẽ được hoàn bằng chuyển khoản" in letters("purchase_cancelled")[0].text

    note_refund_paid(purchase.refunds.get(), by=make_manager(), reference="OUT1")

    assert "125.000 ₫" in letters("refund_paid")[0].text


@pytest.mark.parametrize(
    ("amount", "said"), [(100_000, "còn thiếu 25.000 ₫"), (200_000, "nhiều hơn tổng 125.000 ₫ là 75.000 ₫")]
)
def test_an_amount_that_differs_is_told_exactly(amount, said):
    purchase = make_purchase(method="transfer")
    assert purchase.total == 125_000

    record_transfer(purchase, amount=amount, reference="FT1")

    assert said in letters("amount_differs")[0].text


# --- Languages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "total", "path"), [("vi", "125.000 ₫", "/don-mua/"), ("en", "₫125,000", "/en/")])
def test_a_buyer_reads_the_language_of_the_purchase_whoever_causes_the_letter(language, total, path):
    with translation.override("vi" if language == "en" else "en"):
        purchase = make_purchase(method="transfer", language=language)
        record_transfer(purchase, amount=purchase.total, reference="FT1")

    for kind in ("purchase_placed", "purchase_paid"):
        letter = letters(kind)[0]
        assert letter.language == language
        assert total in letter.text
        assert f"{path}" in letter.text
        assert purchase.key in letter.text


def test_a_producer_reads_vietnamese_of_an_english_purchase():
    tea = make_product(title="Trà Shan", name_en="Shan tea")

    make_purchase(tea, language="en")

    assert "Shan tea, pack 1" in letters("purchase_placed")[0].text
    letter = letters("producer_order")[0]
    assert letter.language == "vi"
    assert "Trà Shan, gói 1" in letter.text


def test_the_marks_of_another_language_are_not_printed():
    tea = make_product(name_en="Tea of [vi:Sìn Hồ]")

    make_purchase(tea, language="en")

    assert "Tea of Sìn Hồ, pack 1" in letters("purchase_placed")[0].text


def test_what_a_person_typed_is_not_escaped_and_adds_no_header():
    make_purchase(name="Bếp & bạn\nBcc: x@vidu.vn")

    letter = letters("purchase_placed")[0]
    assert "Bếp & bạn" in letter.text
    assert "\n" not in letter.subject


# --- What the law asks ------------------------------------------------------------------------------------------------


def test_health_food_says_that_it_is_no_medicine_on_its_own_line():
    herb = make_product(title="Viên nghệ", set_number=18)

    make_purchase(herb, make_product())

    for letter in (letters("purchase_placed")[0], letters_to(herb.listing.producer)[0]):
        lines = letter.text.splitlines()
        at = next(number for number, line in enumerate(lines) if "Viên nghệ" in line)
        assert lines[at + 1].strip() == NO_MEDICINE
        assert letter.text.count(NO_MEDICINE) == 1


def letters_to(producer) -> list[Mail]:
    return list(Mail.objects.filter(to=producer.email))


def test_alcohol_says_for_adults_only_in_every_letter_that_speaks_of_the_goods():
    purchase = make_purchase(make_product(set_number=14), method="transfer", birth_date=date(1990, 11, 24))
    record_transfer(purchase, amount=purchase.total, reference="FT1")
    parcel = purchase.parcels.get()
    pack(parcel, by=None), send(parcel, by=None)

    assert ADULTS_ONLY in letters("purchase_placed")[0].text
    assert ADULTS_ONLY in letters("parcel_sent")[0].text
    assert "chỉ giao cho người từ đủ 18 tuổi" in letters("producer_order")[0].text


def test_other_goods_say_neither():
    purchase = make_purchase()
    parcel = purchase.parcels.get()
    pack(parcel, by=None), send(parcel, by=None)

    everything = " ".join(Mail.objects.values_list("text", flat=True))
    assert NO_MEDICINE not in everything
    assert "18 tuổi" not in everything


# --- What a letter tells to do ----------------------------------------------------------------------------------------


def test_a_transfer_letter_says_how_much_where_to_and_until_when(settings):
    purchase = make_purchase(method="transfer")

    text = letters("purchase_placed")[0].text
    assert settings.TRANSFER_ACCOUNT["number"] in text
    assert f"OCOP {purchase.code}" in text
    assert "125.000 ₫" in text
    assert "xin đừng chuyển tiền" not in text


def test_a_sample_account_says_that_no_money_is_to_be_sent(settings):
    settings.TRANSFER_ACCOUNT, settings.SAMPLE_DATA = {"bin": "", "number": "", "holder": ""}, True

    make_purchase(method="transfer")

    assert "Đây là dữ liệu mẫu: xin đừng chuyển tiền." in letters("purchase_placed")[0].text


def test_a_purchase_that_ran_out_is_told(settings):
    settings.TRANSFER_HOURS = 0
    purchase = make_purchase(method="transfer")
    Purchase.objects.filter(pk=purchase.pk).update(pay_before=purchase.placed_at)

    end_run_out_purchases()

    assert "hàng được trả lại kệ" in letters("purchase_lapsed")[0].text


def test_cash_tells_the_producer_what_to_collect():
    make_purchase()

    assert "Thu khi giao: tiền hàng 100.000 ₫ và phí giao 25.000 ₫." in letters("producer_order")[0].text
