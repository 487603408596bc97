"""Many processes write what they counted at one moment, and no search is lost."""

from functools import partial

import pytest
from django.utils import timezone

from discovery.looked_for import add_counts
from discovery.models import SearchCount
from journeys.crowd import all_at_once, outcomes

WRITERS, WORDS = 8, 30


@pytest.mark.django_db(transaction=True)
def test_counts_that_are_written_at_once_are_added_up():
    today = timezone.localdate()
    rows = [(today, "vi", f"từ {number}", 2, 1, 1) for number in range(WORDS)]

    # Half of them bring their words the other way round: whoever locks rows as they come would block another.
    answers = all_at_once([partial(add_counts, rows), partial(add_counts, rows[::-1])] * (WRITERS // 2))

    assert outcomes(answers) == {"done": WRITERS}
    assert set(SearchCount.objects.values_list("searches", "without_result", "clicks")) == {
        (2 * WRITERS, WRITERS, WRITERS)
    }
    assert SearchCount.objects.count() == WORDS
