"""What keeps the index true: a job after each change of entries, and a timer that makes an index where there is none.

Imported only where Elasticsearch is set up (discovery.apps).
"""

from django_tasks import task

from discovery.engines.elasticsearch.index import is_filled, rebuild_index, write_entries
from discovery.models import Entry
from outbox.timers import timer


@task()
def index_entries(keys: list[int]) -> None:
    write_entries(keys)


@timer(every=60)
def have_an_index() -> None:
    """A site that has been given Elasticsearch a minute ago, or one that has lost its index, needs nobody's hand."""
    if not is_filled() and Entry.objects.exists():
        rebuild_index()
