"""What waits for a shop manager: the numbers of the dashboard and the rows behind them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from shop.models import IncomingTransfer, Parcel, Purchase, Refund


@dataclass(frozen=True)
class Waiting:
    transfers: int  # purchases whose money has not come
    to_settle: int  # purchases whose money came, but too little or too much
    to_pack: int
    to_send: int
    refunds: int
    refund_total: int  # ₫


def count_waiting() -> Waiting:
    """All the numbers in five queries, however much there is."""
    refunds = refunds_due().aggregate(count=Count("pk"), total=Sum("amount"))
    return Waiting(
        transfers=Purchase.objects.awaiting_transfer().count(),
        to_settle=purchases_to_settle().count(),
        to_pack=parcels_in(Parcel.State.NEW).count(),
        to_send=parcels_in(Parcel.State.PACKED).count(),
        refunds=refunds["count"],
        refund_total=refunds["total"] or 0,
    )


def purchases_to_settle() -> QuerySet[Purchase]:
    """Waiting purchases whose money differs: a person decides."""
    open_transfers = IncomingTransfer.objects.filter(settled_at=None)
    return Purchase.objects.awaiting_transfer().filter(pk__in=open_transfers.values("purchase"))


def parcels_in(state: str) -> QuerySet[Parcel]:
    """Parcels of confirmed purchases in a state."""
    return Parcel.objects.filter(state=state, purchase__state=Purchase.State.CONFIRMED)


def refunds_due() -> QuerySet[Refund]:
    return Refund.objects.filter(paid_at=None)
