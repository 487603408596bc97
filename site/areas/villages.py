"""The built-in villages."""

from django.db import transaction

from areas.models import Area, Village

PEOPLES_EN = {
    "Dao": "Dao",
    "Giáy": "Giay",
    "Lào": "Lao",
    "Lự": "Lu",
    "Mông": "Hmong",
    "Thái trắng": "White Thai",
}


@transaction.atomic
def load_villages(rows: list[dict]) -> int:
    """Write the villages that are not there yet, by their slugs. Returns how many were written."""
    present = set(Village.objects.values_list("slug", flat=True))
    missing = [row for row in rows if row["slug"] not in present]
    if missing:
        communes = dict(Area.objects.present().communes().values_list("code", "pk"))
        Village.objects.bulk_create(
            Village(
                slug=row["slug"],
                name=row["name"],
                name_en=row["name_en"],
                commune_id=communes[row["commune"]],
                people=row["people"] or "",
                people_en=PEOPLES_EN.get(row["people"], ""),
                about=row["about"],
                about_en=row["about_en"],
                source=row["source"] or "",
            )
            for row in missing
        )
    return len(missing)
