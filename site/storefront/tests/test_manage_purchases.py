"""Purchases and parcels on the managers' screens."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_commune, make_manager, make_member, make_product, make_purchase, stock_of
from shop.models import Purchase, Refund
from shop.transfers import record_transfer
from shop.workflow import cancel, pack, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_manager(name="Quản lý Mẫu")


@pytest.fixture(autouse=True)
def logged_in(client, manager):
    client.force_login(manager)


def listed(client, query="") -> list[str]:
    """The codes on the list, in their order."""
    return [row["purchase"].code for row in client.get(f"/quan-ly/lan-mua/{query}").context["rows"]]


def page_of(client, purchase) -> str:
    return client.get(f"/quan-ly/lan-mua/{purchase.code}/").content.decode()


def move(client, parcel, step, **typed):
    return client.post(f"/quan-ly/kien-hang/{parcel.pk}/", {"step": step, **typed})


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_newest_stands_first(client):
    first, second = make_purchase(), make_purchase()

    assert listed(client) == [second.code, first.code]


def test_parcels_are_counted_by_their_states(client):
    purchase = make_purchase(make_product(), make_product(), make_product())
    pack(purchase.parcels.first(), by=None)

    assert "2 × Mới đặt · 1 × Đã đóng gói" in client.get("/quan-ly/lan-mua/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        "{lower}",
        "{grouped}",
        "{beginning}",
        "0912 345 678",
        "+84912345678",
        "84912345678",
        "345 678",
        "345678",
        "Lò Thị Mẫu",
        "lò thị",
        "LÒ",
        "  Thị   Mẫu ",
    ],
)
def test_a_purchase_is_found_by_what_people_know(client, typed):
    wanted = make_purchase(name="Lò Thị Mẫu", phone="+84912345678")
    make_purchase(name="Người Khác", phone="+84987000111")
    code = wanted.code
    typed = typed.format(code=code, lower=code.lower(), grouped=f"{code[:5]}-{code[5:]}", beginning=code[:6])

    response = client.get("/quan-ly/lan-mua/", {"q": typed})

    assert [row["purchase"].code for row in response.context["rows"]] == [code]
    assert typed.strip() in response.content.decode()


def test_what_nobody_has_is_not_found(client):
    make_purchase()

    response = client.get("/quan-ly/lan-mua/", {"q": "không có ai"})

    assert response.context["rows"] == []
    assert "Không có lần mua nào như vậy" in response.content.decode()


def test_the_list_is_narrowed_by_state_and_by_work(client):
    new, packed, waiting, cancelled = (
        make_purchase(),
        make_purchase(),
        make_purchase(method="transfer"),
        make_purchase(),
    )
    pack(packed.parcels.get(), by=None)
    cancel(cancelled, reason="đổi ý")

    assert listed(client, "?state=waiting") == [waiting.code]
    assert listed(client, "?state=cancelled") == [cancelled.code]
    assert listed(client, "?work=new") == [new.code]
    assert listed(client, "?work=packed") == [packed.code]
    assert listed(client, "?state=waiting&work=new") == []
    assert len(listed(client, "?state=x&work=x&page=x")) == 4


def test_thirty_stand_on_a_page(client):
    tea = make_product(in_stock=50)
    made = [make_purchase(tea).code for _ in range(31)]

    assert listed(client) == made[:0:-1]
    assert listed(client, "?page=2") == made[:1]


def test_the_list_asks_as_much_for_thirty_as_for_one(client):
    tea, rice = make_product(in_stock=50), make_product(in_stock=50)
    make_purchase(tea, rice)
    with CaptureQueriesContext(connection) as one:
        client.get("/quan-ly/lan-mua/")
    for _ in range(29):
        make_purchase(tea, rice)

    with CaptureQueriesContext(connection) as thirty:
        client.get("/quan-ly/lan-mua/")

    assert len(thirty) == len(one)


# --- One purchase -----------------------------------------------------------------------------------------------------


def test_everything_about_a_purchase_is_there(client):
    tea = make_product(title="Trà Shan", price=160_000)
    purchase = make_purchase(
        (tea, 2),
        name="Lò Thị Mẫu",
        street="Số 1, bản Mẫu",
        typed_place="xã cũ",
        notes={tea.listing.producer_id: "Giao buổi sáng"},
    )
    pack(purchase.parcels.get(), by=make_manager(name="Người Gói"))

    page = page_of(client, purchase)

    for shown in (
        f"{purchase.code[:5]}-{purchase.code[5:]}",
        "Lò Thị Mẫu",
        "0912 345 678",
        "nguoi-mua@vidu.vn",
        "Số 1, bản Mẫu",
        purchase.commune.full_name,
        "Tỉnh Lai Châu",
        "xã cũ",
        "2 × Trà Shan, gói 1",
        "320.000 ₫",
        "345.000 ₫",
        f"{purchase.code}-1",
        "Giao buổi sáng",
        "Mới đặt → Đã đóng gói",
        "Người Gói",
    ):
        assert shown in page


def test_money_that_came_and_went_is_there(client, manager):
    purchase = make_purchase(method="transfer")
    record_transfer(purchase, amount=purchase.total, reference="FT1", by=manager)
    cancel(purchase, by=manager, reason="hết hàng")

    page = page_of(client, purchase)

    for shown in ("FT1", "Khớp, đã xác nhận", "Quản lý Mẫu ghi", "Hủy kiện hàng", "Chưa hoàn", "hết hàng"):
        assert shown in page


def test_alcohol_is_told(client):
    purchase = make_purchase(make_product(set_number=14), method="transfer", birth_date=date(1990, 1, 1))

    page = page_of(client, purchase)

    assert "chỉ giao cho người từ đủ 18 tuổi" in page
    assert "1990" not in page


def test_a_page_asks_as_much_for_ten_parcels_as_for_two(client):
    few = make_purchase(make_product(), make_product())
    many = make_purchase(*(make_product() for _ in range(10)))

    with CaptureQueriesContext(connection) as two:
        page_of(client, few)
    with CaptureQueriesContext(connection) as ten:
        page_of(client, many)

    assert len(ten) == len(two)


@pytest.mark.parametrize("code", ["KHONGCO", "ABCDEFGHJK"])
def test_a_code_that_nobody_has_is_not_found(client, code):
    assert client.get(f"/quan-ly/lan-mua/{code}/").status_code == 404


def test_a_code_is_found_as_it_is_printed(client):
    purchase = make_purchase()

    assert client.get(f"/quan-ly/lan-mua/{purchase.code[:5].lower()}-{purchase.code[5:]}/").status_code == 200


# --- Parcels ----------------------------------------------------------------------------------------------------------


def test_the_buttons_are_the_steps_that_are_open(client):
    purchase = make_purchase()
    parcel = purchase.parcels.get()
    assert 'value="packed"' in page_of(client, purchase)
    assert 'value="sent"' not in page_of(client, purchase)

    pack(parcel, by=None)
    assert 'value="packed"' not in page_of(client, purchase)
    assert 'value="sent"' in page_of(client, purchase)

    send(parcel, by=None)
    assert 'value="delivered"' in page_of(client, purchase)
    assert "Hủy cả lần mua" not in page_of(client, purchase)


def test_a_waiting_purchase_has_no_steps(client):
    assert 'name="step"' not in page_of(client, make_purchase(method="transfer"))


def test_a_parcel_goes_its_way(client, manager):
    tea = make_product(in_stock=5)
    purchase = make_purchase((tea, 2))
    parcel = purchase.parcels.get()

    for step in ("packed", "sent", "delivered"):
        response = move(client, parcel, step)
        parcel.refresh_from_db()
        assert (response.headers["Location"], parcel.state) == (f"/quan-ly/lan-mua/{purchase.code}/", step)

    assert list(parcel.events.values_list("by", flat=True)) == [manager.pk] * 3
    assert (stock_of(tea).num_in_stock, stock_of(tea).num_allocated) == (3, 0)


@pytest.mark.parametrize("step", ["sent", "delivered", "new", "", "gone"])
def test_a_step_that_is_not_open_is_refused(client, step):
    purchase = make_purchase()
    parcel = purchase.parcels.get()

    response = move(client, parcel, step)

    parcel.refresh_from_db()
    assert (response.status_code, parcel.state, parcel.events.count()) == (302, "new", 0)
    assert 'data-kind="bad"' in page_of(client, purchase)


def test_a_cancelled_parcel_is_not_opened_again_by_hand(client):
    purchase = make_purchase(make_product(), make_product())
    parcel = purchase.parcels.first()
    cancel(purchase, reason="hết", parcel=parcel)

    move(client, parcel, "new")

    parcel.refresh_from_db()
    assert parcel.state == "cancelled"


def test_one_parcel_is_cancelled_for_a_reason(client, manager):
    purchase = make_purchase(make_product(), make_product())
    first, second = purchase.parcels.order_by("pk")

    move(client, first, "cancelled", **{f"parcel-{first.pk}-reason": "hết gói"})

    first.refresh_from_db(), second.refresh_from_db(), purchase.refresh_from_db()
    assert (first.state, second.state, purchase.state) == ("cancelled", "new", "confirmed")
    assert (first.events.get().reason, first.events.get().by) == ("hết gói", manager)


def test_a_parcel_is_not_cancelled_without_a_reason(client):
    purchase = make_purchase(make_product(), make_product())
    parcel = purchase.parcels.first()

    response = move(client, parcel, "cancelled", **{f"parcel-{parcel.pk}-reason": "  "})

    parcel.refresh_from_db()
    assert (response.status_code, parcel.state) == (422, "new")
    assert "Hãy cho biết lý do" in response.content.decode()


def test_a_reason_that_came_too_late_is_kept(client):
    purchase = make_purchase(make_product(), make_product())
    parcel = purchase.parcels.first()
    pack(parcel, by=None), send(parcel, by=None)

    response = move(client, parcel, "cancelled", **{f"parcel-{parcel.pk}-reason": "hết gói rồi"})

    page = response.content.decode()
    parcel.refresh_from_db()
    assert (response.status_code, parcel.state) == (422, "sent")
    assert 'value="hết gói rồi"' in page
    assert "không còn hủy được" in page


# --- Cancelling the whole ---------------------------------------------------------------------------------------------


def cancel_all(client, purchase, reason):
    return client.post(f"/quan-ly/lan-mua/{purchase.code}/huy/", {"all-reason": reason})


def test_a_purchase_is_cancelled_for_a_reason(client, manager):
    tea = make_product(in_stock=5)
    purchase = make_purchase((tea, 2), method="transfer")
    record_transfer(purchase, amount=purchase.total, reference="FT1")

    response = cancel_all(client, purchase, "hết hàng")

    purchase.refresh_from_db()
    assert response.headers["Location"] == f"/quan-ly/lan-mua/{purchase.code}/"
    assert (purchase.state, purchase.end_reason) == ("cancelled", "hết hàng")
    assert (stock_of(tea).num_allocated, Refund.objects.get().amount) == (0, purchase.total)
    assert purchase.events.last().by == manager


def test_a_purchase_is_not_cancelled_without_a_reason(client):
    purchase = make_purchase()

    response = cancel_all(client, purchase, "")

    assert response.status_code == 422
    assert Purchase.objects.get().state == "confirmed"


def test_a_purchase_that_has_left_is_not_cancelled_and_the_reason_is_kept(client):
    purchase = make_purchase()
    parcel = purchase.parcels.get()
    pack(parcel, by=None), send(parcel, by=None)

    response = cancel_all(client, purchase, "hết hàng rồi")

    assert response.status_code == 422
    assert 'value="hết hàng rồi"' in response.content.decode()
    assert Purchase.objects.get().state == "confirmed"


def test_a_producers_member_is_no_manager(client):
    purchase = make_purchase()
    client.force_login(make_member(purchase.parcels.get().producer))

    assert cancel_all(client, purchase, "hết hàng").status_code == 403

    assert Purchase.objects.get().state == "confirmed"


def test_an_english_manager_reads_english_names(client):
    tea = make_product(name_en="Shan tea")
    purchase = make_purchase(tea, commune=make_commune("Xã Đường Mẫu"))
    client.force_login(make_manager(language="en"))

    page = page_of(client, purchase)

    assert "1 × Shan tea, pack 1" in page
    assert "₫125,000" in page
    assert "Commune" in page
