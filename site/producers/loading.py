"""The built-in producers, each with its partner in the shop's tables."""

from django.db import transaction

from areas.models import Area
from pictures.models import Picture
from producers.models import Member, Producer

# The shop stands above this app: its table is reached by our own foreign key.
Partner = Producer._meta.get_field("partner").related_model


@transaction.atomic
def load_producers(rows: list[dict], *, reaches: dict[str, str]) -> int:
    """Write the producers that are not there yet, by their slugs. `reaches` says how far each delivers (sample data),
    by slug; the others deliver in the whole country. Telephones are not known and stay empty. Returns how many."""
    present = set(Producer.objects.values_list("slug", flat=True))
    missing = [row for row in rows if row["slug"] not in present]
    if not missing:
        return 0
    communes = {area.code: area for area in Area.objects.present().communes()}
    pictures = {picture.motif: picture for picture in Picture.objects.exclude(motif=None)}
    for row in missing:
        Producer.objects.create(
            partner=Partner.objects.create(name=row["name"], code=row["slug"]),
            slug=row["slug"],
            name=row["name"],
            name_en=row["name_en"],
            kind=row["kind"],
            area=communes[row["commune"]],
            about=row["about"],
            about_en=row["about_en"],
            reach=reaches.get(row["slug"], Producer.Reach.COUNTRY),
            picture=pictures.get(row["motif"]),
            is_sample=row["is_sample"],
        )
    return len(missing)


def make_owner(user, producer: Producer) -> None:
    """Let a person act for a producer as its owner."""
    Member.objects.get_or_create(user=user, producer=producer, defaults={"duty": Member.Duty.OWNER})
