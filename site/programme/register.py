"""The register of older decisions, whose texts are not at hand: loaded on the word of two officers."""

from collections import defaultdict
from collections.abc import Callable

from django.db import transaction

from accounts.models import Role, User
from catalogue.models import Listing
from programme.models import Decision, DecisionLine
from programme.recognition import recognise


class NotTwoOfficers(ValueError):
    """The register needs the word of two different provincial officers."""


def officer(email: str) -> User:
    """The provincial officer with this e-mail. Raises NotTwoOfficers for anybody else."""
    found = User.objects.filter(
        email=email.strip().lower(), is_active=True, roles__name=Role.Name.PROVINCIAL_OFFICER
    ).first()
    if found is None:
        raise NotTwoOfficers(f"{email} is no active provincial officer")
    return found


@transaction.atomic
def load_register(
    rows: list[dict],
    *,
    by: User,
    confirmed_by: User,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write the stars that products are known to have been given, one decision of source "register" a year.

    `rows` have a product's `slug`, `stars`, `year` and `stars_are_sample`. Lines that are there stay as they are.
    Returns how many were written. Raises NotTwoOfficers when both are the same person.
    """
    if by.pk == confirmed_by.pk:
        raise NotTwoOfficers("the register needs the word of two different officers")
    present = set(
        DecisionLine.objects.filter(decision__source=Decision.Source.REGISTER).values_list(
            "product__slug", "decision__year"
        )
    )
    missing = defaultdict(list)
    for row in rows:
        if (row["slug"], row["year"]) not in present:
            missing[row["year"]].append(row)
    products = {listing.product.slug: listing.product for listing in Listing.objects.select_related("product")}
    done, total = 0, sum(len(of_year) for of_year in missing.values())
    for year in sorted(missing):
        decision, _created = Decision.objects.get_or_create(
            source=Decision.Source.REGISTER, year=year, defaults={"entered_by": by, "confirmed_by": confirmed_by}
        )
        for row in missing[year]:
            recognise(decision, products[row["slug"]], stars=row["stars"], is_sample=row["stars_are_sample"])
            done += 1
            progress(done, total)
    return total
