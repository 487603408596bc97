"""The register of older decisions, and the walls around the stars."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from factories import make_product, make_user
from programme import register
from programme.models import Decision, DecisionLine, Recognition
from programme.standing import standing_of

pytestmark = pytest.mark.django_db


def row(product, stars=3, year=2024, is_sample=False):
    return {"slug": product.slug, "stars": stars, "year": year, "stars_are_sample": is_sample}


@pytest.fixture
def officers():
    return {"by": make_user("provincial_officer"), "confirmed_by": make_user("provincial_officer")}


def test_the_register_is_one_decision_a_year_on_the_word_of_two_officers(officers):
    rice, tea, honey = make_product(), make_product(), make_product()
    written = register.load_register([row(rice, 4, 2020), row(tea, 4, 2024, True), row(honey)], **officers)
    assert written == 3
    assert list(
        Decision.objects.order_by("year").values_list("year", "source", "number", "entered_by", "confirmed_by")
    ) == [
        (2020, "register", "", officers["by"].pk, officers["confirmed_by"].pk),
        (2024, "register", "", officers["by"].pk, officers["confirmed_by"].pk),
    ]
    assert set(DecisionLine.objects.values_list("product", "decision__year", "stars", "is_sample")) == {
        (rice.pk, 2020, 4, False),
        (tea.pk, 2024, 4, True),
        (honey.pk, 2024, 3, False),
    }
    assert set(Recognition.objects.values_list("issued_on", "expires_on", "certificate_number")) == {(None, None, "")}


def test_loading_the_register_again_writes_only_what_is_new(officers):
    rice, tea = make_product(), make_product()
    register.load_register([row(rice)], **officers)
    before = list(Recognition.objects.values())
    others = {"by": officers["confirmed_by"], "confirmed_by": officers["by"]}
    assert register.load_register([row(rice, stars=5)], **others) == 0
    assert list(Recognition.objects.values()) == before
    assert register.load_register([row(rice), row(tea)], **others) == 1
    assert Decision.objects.get().entered_by == officers["by"]


def test_one_officer_is_not_two(officers):
    one = officers["by"]
    with pytest.raises(register.NotTwoOfficers):
        register.load_register([row(make_product())], by=one, confirmed_by=one)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["the same", "manager", "nobody", "gone"])
def test_the_command_wants_two_different_provincial_officers(officers, who):
    second = {
        "the same": officers["by"].email.upper(),
        "manager": make_user("shop_manager").email,
        "nobody": "khong-co-ai@vidu.vn",
        "gone": make_user("provincial_officer", is_active=False).email,
    }[who]
    with pytest.raises(CommandError, match="officer"):
        call_command("load_register", "--by", officers["by"].email, "--and", second)
    with pytest.raises(CommandError, match="officer"):
        call_command("load_register", "--by", second, "--and", officers["by"].email)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("options", [[], ["--by", "a@vidu.vn"], ["--and", "a@vidu.vn"]])
def test_the_command_without_two_names_does_nothing(options):
    with pytest.raises(CommandError, match="required"):
        call_command("load_register", *options)
    assert not Decision.objects.exists()


def test_the_database_itself_wants_two_officers(officers):
    one, other = officers.values()
    for entered_by, confirmed_by in ((None, None), (one, None), (None, other), (one, one)):
        with pytest.raises(IntegrityError, match="register_names_two_officers"), transaction.atomic():
            Decision.objects.create(source="register", year=2019, entered_by=entered_by, confirmed_by=confirmed_by)


@pytest.mark.parametrize(
    ("source", "number", "wall"),
    [
        ("sample", "01/QĐ-UBND", "sample_decision_says_so"),
        ("sample", "", "sample_decision_says_so"),
        ("council", "MẪU-01/QĐ-UBND", "only_samples_are_called_sample"),
    ],
)
def test_samples_and_only_samples_are_numbered_as_samples(source, number, wall):
    with pytest.raises(IntegrityError, match=wall), transaction.atomic():
        Decision.objects.create(source=source, number=number, year=2026)


def test_stars_are_kept_in_one_place_alone():
    """No product, listing or entry has stars of its own that somebody could type."""
    kept = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if re.search(r"(^|_)(stars?|sao)($|_)", field.name)
    }
    assert kept == {"programme.DecisionLine.stars"}


def test_only_three_four_and_five_stars_can_be_written(officers):
    for stars in (0, 1, 2, 6):
        with pytest.raises(IntegrityError, match="three_to_five_stars"), transaction.atomic():
            register.load_register([row(make_product(), stars=stars)], **officers)
    assert not Recognition.objects.exists()


def test_where_only_the_year_is_known_the_stars_hold_to_the_end_of_the_second_year_after(officers):
    product = make_product()
    register.load_register([row(product, year=2024)], **officers)
    assert standing_of(product, on=date(2026, 12, 31)).stars == 3
    assert standing_of(product, on=date(2027, 1, 1)).stars is None
