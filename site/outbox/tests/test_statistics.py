"""After a bulk load the database knows how many rows there are."""

import pytest
from django.db import connection

from areas.models import Area
from outbox.statistics import renew_statistics

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_the_planner_counts_the_rows_that_were_just_loaded():
    Area.objects.bulk_create(Area.from_full_name(f"Xã Mẫu {n}", level="commune", code=f"{n:05}") for n in range(300))
    renew_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Area._meta.db_table])
        assert cursor.fetchone() == (300,)
