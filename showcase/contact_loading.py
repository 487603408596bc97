"""The built-in contact page. Whatever it says of the office is a sample: the operator's own data is in the settings."""

from uuid import uuid4

from django.utils import timezone

from discovery.tally import communes_of_programme
from showcase import content_files
from showcase.models import ContactPage, ContactWay, HomePage


def load_contact_pages() -> int:
    """Publish it below each home that has none. Returns how many pages were written."""
    homes = list(HomePage.objects.select_related("locale").order_by("path"))
    present = {home.pk: ContactPage.objects.child_of(home).first() for home in homes}
    key = next((page.translation_key for page in present.values() if page), None) or uuid4()
    missing = [home for home in homes if present[home.pk] is None]
    communes = {area.slug: area.pk for area in communes_of_programme()} if missing else {}
    for home in missing:
        content = content_files.read("contact", "office", home.locale.language_code)
        page = ContactPage(
            title=content.title,
            slug=content.slug,
            summary=content.summary,
            search_description=content.summary,
            body=list(content.body),
            commune_id=communes.get(content.told["commune"]),
            locale=home.locale,
            translation_key=key,
            first_published_at=timezone.now(),
        )
        page.ways = [
            ContactWay(kind=kind, text=content.told[kind], is_sample=True, sort_order=order)
            for order, kind in enumerate(("address", "hours"))
        ]
        home.add_child(instance=page)
    return len(missing)
