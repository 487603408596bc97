"""Parcels: every move of the table and every one that is not in it; packing, sending and delivering."""

import itertools

import pytest

from factories import make_manager, make_product, make_purchase, stock_of
from shop.models import Parcel, Purchase
from shop.workflow import PARCEL_MOVES, STEPS, NotAllowed, deliver, move_parcel, open_steps, pack, send

pytestmark = pytest.mark.django_db
P, S = Purchase.State, Parcel.State
ALLOWED = {
    ("new", "packed"),
    ("new", "cancelled"),
    ("packed", "sent"),
    ("packed", "cancelled"),
    ("sent", "delivered"),
    ("cancelled", "new"),
}
PAIRS = list(itertools.product(S.values, S.values))


def parcel_in(state: str, **buyer) -> Parcel:
    parcel = make_purchase(**buyer).parcels.get()
    Parcel.objects.filter(pk=parcel.pk).update(state=state)
    parcel.refresh_from_db()
    return parcel


def test_the_table_says_what_these_tests_say():
    assert {(old, new) for old, moves in PARCEL_MOVES.items() for new in moves} == ALLOWED


@pytest.mark.parametrize(("old", "new"), sorted(ALLOWED))
def test_an_allowed_move_is_made_and_written_down(old, new):
    parcel, manager = parcel_in(old), make_manager()

    move_parcel(parcel, new, by=manager, reason="vì thế")

    parcel.refresh_from_db()
    event = parcel.events.get()
    assert (parcel.state, parcel.order.status) == (new, new)
    assert (event.purchase_id, event.old_state, event.new_state) == (parcel.purchase_id, old, new)
    assert (event.by, event.reason) == (manager, "vì thế")


@pytest.mark.parametrize(("old", "new"), [pair for pair in PAIRS if pair not in ALLOWED])
def test_any_other_move_is_refused_and_changes_nothing(old, new):
    parcel = parcel_in(old)

    with pytest.raises(NotAllowed, match=str(parcel.get_state_display())):
        move_parcel(parcel, new)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.order.status, parcel.events.count()) == (old, "new", 0)


@pytest.mark.parametrize(("old", "step"), itertools.product(S.values, STEPS))
def test_a_step_is_shown_exactly_when_it_can_be_taken(old, step):
    tea = make_product(in_stock=5)
    purchase = make_purchase((tea, 2))
    Parcel.objects.update(state=old)
    parcel = purchase.parcels.get()

    shown = step in open_steps(parcel)
    try:
        STEPS[step](parcel, by=None)
        done = True
    except NotAllowed:
        done = False

    parcel.refresh_from_db()
    assert shown == done == (parcel.state == step != old)


@pytest.mark.parametrize("state", [P.WAITING, P.CANCELLED, P.LAPSED])
@pytest.mark.parametrize(("step", "before"), [("packed", "new"), ("sent", "packed"), ("delivered", "sent")])
def test_nothing_moves_before_or_after_a_purchase_is_confirmed(state, step, before):
    parcel = parcel_in(before, method="transfer")
    Purchase.objects.filter(pk=parcel.purchase_id).update(state=state)
    parcel.refresh_from_db()

    assert open_steps(parcel) == []
    with pytest.raises(NotAllowed, match="chưa được xác nhận"):
        STEPS[step](parcel, by=None)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.events.count()) == (before, 0)


def test_packing_keeps_the_stock_promised():
    tea = make_product(in_stock=5)
    parcel = make_purchase((tea, 2)).parcels.get()

    pack(parcel, by=None)

    assert (stock_of(tea).num_in_stock, stock_of(tea).num_allocated) == (5, 2)


def test_sending_hands_the_stock_out():
    tea = make_product(in_stock=5)
    parcel = make_purchase((tea, 2)).parcels.get()
    pack(parcel, by=None)

    send(parcel, by=None)

    assert (stock_of(tea).num_in_stock, stock_of(tea).num_allocated) == (3, 0)
    assert parcel.order.lines.get().num_allocated == 0


def test_sending_twice_hands_out_once():
    tea = make_product(in_stock=5)
    parcel = make_purchase((tea, 2)).parcels.get()
    pack(parcel, by=None), send(parcel, by=None)

    with pytest.raises(NotAllowed):
        send(parcel, by=None)

    assert (stock_of(tea).num_in_stock, stock_of(tea).num_allocated) == (3, 0)


def test_delivering_changes_no_stock_and_names_who_did_it():
    tea, manager = make_product(in_stock=5), make_manager()
    parcel = make_purchase((tea, 2)).parcels.get()
    pack(parcel, by=manager), send(parcel, by=manager)

    deliver(parcel, by=manager)

    assert (stock_of(tea).num_in_stock, stock_of(tea).num_allocated) == (3, 0)
    assert list(parcel.events.values_list("new_state", "by")) == [
        ("packed", manager.pk),
        ("sent", manager.pk),
        ("delivered", manager.pk),
    ]


def test_a_stale_object_cannot_undo_a_step():
    parcel = make_purchase().parcels.get()
    stale = Parcel.objects.get(pk=parcel.pk)
    pack(parcel, by=None)

    with pytest.raises(NotAllowed):
        pack(stale, by=None)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.events.count()) == (S.PACKED, 1)
