"""The classification of Decision 26/2026, appendix I, in branches, groups and sets; and the branches of older texts."""

from django.db import transaction

from catalogue.models import Branch, FormerBranch, Group, ProductSet
from pictures.models import Picture


@transaction.atomic
def load_classification(data: dict) -> int:
    """Write what is missing of `branches`, `groups`, `sets` and `former_branches`. Returns how many rows that was."""
    return (
        _load_branches(data["branches"])
        + _load_groups(data["groups"])
        + _load_sets(data["sets"])
        + _load_former(data["former_branches"])
    )


def _load_branches(rows: list[dict]) -> int:
    present = set(Branch.objects.values_list("number", flat=True))
    missing = [row for row in rows if row["number"] not in present]
    pictures = dict(Picture.objects.filter(motif__in=[row["motif"] for row in missing]).values_list("motif", "pk"))
    Branch.objects.bulk_create(
        Branch(
            number=row["number"],
            slug=row["slug"],
            name=row["name"],
            name_en=row["name_en"],
            picture_id=pictures.get(row["motif"]),
        )
        for row in missing
    )
    return len(missing)


def _load_groups(rows: list[dict]) -> int:
    present = set(Group.objects.values_list("slug", flat=True))
    missing = [
        Group(
            position=position,
            branch_id=row["branch"],
            slug=row["slug"],
            name=row["name"],
            name_en=row["name_en"],
        )
        for position, row in enumerate(rows, 1)
        if row["slug"] not in present
    ]
    Group.objects.bulk_create(missing)
    return len(missing)


def _load_sets(rows: list[dict]) -> int:
    present = set(ProductSet.objects.values_list("number", flat=True))
    groups = dict(Group.objects.values_list("slug", "pk"))
    missing = [
        ProductSet(
            number=row["number"],
            group_id=groups[row["group"]],
            name=row["name"],
            name_en=row["name_en"],
            ministry=row["ministry"],
            ministry_en=row["ministry_en"],
        )
        for row in rows
        if row["number"] not in present
    ]
    ProductSet.objects.bulk_create(missing)
    return len(missing)


def _load_former(texts: dict[str, list[dict]]) -> int:
    present = set(FormerBranch.objects.values_list("text", "name"))
    missing = [(text, row) for text, rows in texts.items() for row in rows if (text, row["name"]) not in present]
    for text, row in missing:
        FormerBranch.objects.create(text=text, name=row["name"], name_en=row["name_en"]).branches.set(row["branches"])
    return len(missing)
