"""No đồng is lost: whatever is bought, the total is all lines and all deliveries."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories import make_producer, make_product, make_purchase
from shop.models import DeliveryRate, Parcel

lines = st.lists(
    st.tuples(
        st.integers(0, 2),  # which producer
        st.integers(1, 3_000_000),  # ₫
        st.integers(1, 99),  # pieces
        st.integers(1, 5_000),  # grams
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.django_db
class TestTotals(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(lines=lines, delivery=st.integers(0, 500_000))
    def test_a_total_is_the_sum_of_all_lines_and_all_deliveries(self, lines, delivery):
        DeliveryRate.objects.create(zone="province", max_grams=10_000_000, price=delivery, days_min=1, days_max=2)
        producers = [make_producer() for _ in range(3)]
        items = [
            (make_product(producers[which], price=price, in_stock=99, grams=grams), pieces)
            for which, price, pieces, grams in lines
        ]

        purchase = make_purchase(*items)

        parcels = list(Parcel.objects.filter(purchase=purchase).select_related("order"))
        goods = sum(price * pieces for _, price, pieces, _ in lines)
        assert len(parcels) == len({which for which, *_ in lines})
        assert purchase.goods_total == goods == sum(parcel.goods_total for parcel in parcels)
        assert purchase.delivery_total == delivery * len(parcels)
        assert purchase.total == goods + delivery * len(parcels)
        assert purchase.payment_attempts.get().amount == purchase.total
        for parcel in parcels:
            sums = parcel.order.lines.values_list("line_price_incl_tax", flat=True)
            assert int(sum(sums)) == parcel.goods_total
            assert int(parcel.order.total_incl_tax) == parcel.goods_total + parcel.delivery_price
