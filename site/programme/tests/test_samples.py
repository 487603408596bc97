"""Sample decisions: every state is on show on the day of the first load."""

from collections import Counter
from datetime import date, timedelta

import pytest

from catalogue.models import Product
from factories import make_product
from programme.models import Decision, DecisionLine, Recognition
from programme.samples import SAMPLES, load_sample_decisions
from programme.standing import newest_recognition, standing_of

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 11, 24), date(2027, 1, 1), date(2028, 2, 29), date(2028, 3, 1), date(2030, 12, 31)]
BANDS = {3: (50, 70), 4: (70, 90), 5: (90, 101)}


@pytest.fixture
def products():
    slugs = [line.slug for sample in SAMPLES for line in sample.lines]
    return {slug: make_product(slug=slug, set_number=1) for slug in slugs}


@pytest.mark.parametrize("today", DAYS)
def test_every_state_is_on_show_on_the_first_day(products, today):
    assert load_sample_decisions(today) == 18
    states = Counter(standing_of(product, on=today).state for product in products.values())
    assert states == {"in_force": 8, "expiring": 3, "re_evaluated": 3, "expired": 2, "withdrawn": 2}


@pytest.mark.parametrize("today", DAYS)
def test_the_certificate_that_ended_yesterday_gives_no_star_today(products, today):
    load_sample_decisions(today)
    ended = Recognition.objects.get(product__slug="matcha").expires_on
    assert ended in (today - timedelta(days=1), today - timedelta(days=2))  # 29 February has no third anniversary
    assert (standing_of(products["matcha"], on=ended).stars, standing_of(products["matcha"], on=today).stars) == (
        4,
        None,
    )


def test_what_is_withdrawn_has_a_cause_and_no_star(products):
    today = DAYS[0]
    load_sample_decisions(today)
    withdrawn = Recognition.objects.exclude(withdrawn_on=None)
    assert {one.product.slug: one.withdrawal_cause for one in withdrawn} == {
        "che-kim-tuyen-tan-uyen": "stopped",
        "ruou-man-mau": "mark",
    }
    assert {standing_of(one.product, on=today).stars for one in withdrawn} == {None}


def test_who_filed_late_keeps_the_stars_until_the_result(products):
    today = DAYS[0]
    load_sample_decisions(today)
    late = newest_recognition(products["tra-o-long"])
    assert late.expires_on < today < late.holds_until
    assert standing_of(products["tra-o-long"], on=today).stars == 4


def test_scores_fit_the_stars_and_no_part_is_over_its_points(products):
    load_sample_decisions(DAYS[0])
    for line in DecisionLine.objects.all():
        lowest, above = BANDS[line.stars]
        assert lowest <= line.score < above, line
        assert line.score_a <= 40 and line.score_b <= 25 and line.score_c <= 35


def test_everything_says_that_it_is_a_sample(products):
    load_sample_decisions(DAYS[0])
    assert {decision.source for decision in Decision.objects.all()} == {"sample"}
    assert [
        number for number in Decision.objects.values_list("number", flat=True) if not number.startswith("MẪU-")
    ] == []
    numbers = list(Recognition.objects.values_list("certificate_number", flat=True))
    assert len(set(numbers)) == 18
    assert [number for number in numbers if not number.startswith("MẪU-CN-")] == []
    assert {standing_of(product).is_sample for product in products.values()} == {True}


def test_a_second_load_on_another_day_changes_nothing(products):
    load_sample_decisions(DAYS[0])
    before = [list(model.objects.order_by("pk").values()) for model in (Decision, DecisionLine, Recognition)]
    assert load_sample_decisions(DAYS[0] + timedelta(days=400)) == 0
    assert [list(model.objects.order_by("pk").values()) for model in (Decision, DecisionLine, Recognition)] == before


def test_a_missing_product_leaves_nothing_half_done():
    with pytest.raises(KeyError):
        load_sample_decisions(DAYS[0])
    assert not Decision.objects.exists() and not Product.objects.exists()
