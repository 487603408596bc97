"""Stock is truth in the database: reserve first, release or hand out after. All rows are locked in key order."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from shop.partner.models import StockRecord


class OutOfStock(Exception):
    """`available` says how many pieces of each short stock record are left."""

    def __init__(self, available: Mapping[int, int]):
        super().__init__(dict(available))
        self.available = available


def lock(stock_ids) -> dict[int, StockRecord]:
    """The stock records, locked until the transaction ends; in key order, so that two never wait in a ring."""
    rows = StockRecord.objects.select_for_update(no_key=True).filter(pk__in=sorted(stock_ids)).order_by("pk")
    return {row.pk: row for row in rows}


def reserve(wanted: Mapping[int, int]) -> dict[int, StockRecord]:
    """Promise pieces of each stock record to a buyer, all or none; answers the rows as they were.

    Call it in a transaction. Raises OutOfStock. The check constraint is the last wall, should the lock ever fail.
    """
    rows = lock(wanted)
    short = {
        pk: max(rows[pk].net_stock_level, 0) if pk in rows else 0
        for pk, quantity in wanted.items()
        if pk not in rows or rows[pk].net_stock_level < quantity
    }
    if short:
        raise OutOfStock(short)
    try:
        with transaction.atomic():
            for pk in sorted(wanted):
                StockRecord.objects.filter(pk=pk).update(num_allocated=F("num_allocated") + wanted[pk])
    except IntegrityError as error:
        raise OutOfStock({pk: 0}) from error
    return rows


def release(promised: Mapping[int, int]) -> None:
    """Give promised pieces back to the shelf. Call it in a transaction."""
    lock(promised)
    for pk in sorted(promised):
        StockRecord.objects.filter(pk=pk).update(num_allocated=F("num_allocated") - promised[pk])


def hand_out(promised: Mapping[int, int]) -> None:
    """Promised pieces have left the house. Call it in a transaction."""
    lock(promised)
    for pk in sorted(promised):
        StockRecord.objects.filter(pk=pk).update(
            num_in_stock=F("num_in_stock") - promised[pk], num_allocated=F("num_allocated") - promised[pk]
        )
