"""A fair in both languages, and people who come to it."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from shop.codes import new_key
from showcase.models import Activity, FairIndexPage, FairPage, Registration
from showcase.registrations import Wish, register
from showcase.tests.writing import index_of, publish

NAMES = {"vi": "Buổi pha trà", "en": "Tea making"}


def make_fair(language="vi", *, twin=None, capacity=5, in_days=10, activity=None, **fields) -> FairPage:
    """A published fair of two days with one activity on the first; `twin` is the same fair in the other language."""
    day = timezone.localdate() + timedelta(days=in_days)
    hour = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=in_days)
    index = index_of(FairIndexPage, language)
    key = twin.activities.get().translation_key if twin else uuid4()
    told = {"name": NAMES[language], "starts_at": hour, "open_until": day, "capacity": capacity, **(activity or {})}
    if twin:
        fields["translation_key"] = twin.translation_key
    return publish(
        index,
        **{
            "title": "Hội chợ chè" if language == "vi" else "Tea fair",
            "slug": "hoi-cho-che" if language == "vi" else "tea-fair",
            "starts_on": day,
            "ends_on": day + timedelta(days=1),
            "place": "Sân chợ" if language == "vi" else "The market square",
            "activities": [Activity(translation_key=key, locale=index.locale, **told)],
            **fields,
        },
    )


def key_of(fair: FairPage):
    return fair.activities.order_by("pk").first().translation_key


def wish(number=1, **fields) -> Wish:
    """Somebody who wants to come alone; each number is another person."""
    told = {"name": f"Khách {number}", "phone": f"+849120000{number:02}", "email": f"khach{number}@vidu.vn"}
    more = {"people": 1, "language": "vi", "consent": "Tôi đồng ý.", "form_key": new_key()}
    return Wish(**{**told, **more, **fields})


def come(fair: FairPage, *people: int) -> list[Registration]:
    """Registrations of so many people each, one after the other."""
    already = Registration.objects.count()
    return [register(key_of(fair), wish(already + n, people=count)) for n, count in enumerate(people, 1)]


def states(fair: FairPage) -> list[str]:
    """The states of all who registered for the fair's activity, in their order."""
    rows = Registration.objects.filter(activity_key=key_of(fair)).order_by("pk")
    return [row.state for row in rows]


def typed(**fields) -> dict:
    """The form of an activity, filled in."""
    told = {"name": "Lò Thị Mẫu", "phone": "0912 345 678", "email": "", "people": "2", "consent": "on"}
    return {**told, "form_key": new_key(), **fields}
