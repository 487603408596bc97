"""Oscar's stock records, with the constraints that make overselling impossible."""

from django.db import models
from oscar.apps.partner.abstract_models import AbstractStockRecord


class StockRecord(AbstractStockRecord):
    """`num_in_stock` pieces are there, `num_allocated` of them are promised to buyers. `price` is whole ₫ with tax."""

    num_in_stock = models.PositiveIntegerField(default=0)
    num_allocated = models.PositiveIntegerField(default=0)

    class Meta(AbstractStockRecord.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(num_allocated__lte=models.F("num_in_stock")), name="stock_promised_is_there"
            ),
            models.CheckConstraint(condition=models.Q(num_allocated__gte=0), name="stock_promised_not_negative"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="stock_price_not_negative"),
        ]


from oscar.apps.partner.models import *  # noqa: E402, F403 - Oscar's other classes, after ours
