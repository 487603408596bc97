"""A built-in fair, led through all that may happen to the people who come to it."""

from django.urls import reverse

from producers.models import Producer
from shop.codes import new_key
from showcase import booths, registrations
from showcase.models import BoothRequest, FairPage, Registration


def built_in_fairs(language: str) -> list[FairPage]:
    return list(FairPage.objects.filter(locale__language_code=language).order_by("starts_on"))


def visitor(language: str, number: int, **fields) -> registrations.Wish:
    """Somebody who wants to come with seven others; each number is another person."""
    phone = f"+8491200{'1' if language == 'vi' else '2'}{number:03}"
    told = {"name": "Kim", "phone": phone, "email": f"{language}{number}@example.com", "people": 8}
    return registrations.Wish(**told | {"language": language, "consent": "OK", "form_key": new_key()} | fields)


def lead_visitors_through_everything(language: str, fair: FairPage) -> list[Registration]:
    """One who has cancelled, two confirmed, one who moved up, one who waits, in that order; there is nobody else, and
    no place is left."""
    Registration.objects.filter(desk__fair_key=fair.translation_key).delete()
    key = fair.activities.order_by("sort_order").first().translation_key
    rows = [registrations.register(key, visitor(language, number)) for number in range(5)]
    registrations.cancel(rows[0])
    return list(Registration.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def lead_producers_through_everything(language: str, fair: FairPage, by) -> list[BoothRequest]:
    """One who is accepted, one who is declined, one who waits."""
    there = fair.leading.booths.values("producer")
    asked = BoothRequest.objects.filter(desk__fair_key=fair.translation_key).values("producer")
    makers = Producer.objects.public().exclude(pk__in=there).exclude(pk__in=asked).order_by("pk")[:3]
    told = {"name": "Kim", "phone": "+84912345678", "email": "maker@example.org", "note": "", "consent": "OK"}
    rows = [booths.ask(fair, maker, language=language, form_key=new_key(), **told) for maker in makers]
    booths.accept(rows[0], f"{language}1", by=by)
    booths.decline(rows[1], "Kim", by=by)
    return list(BoothRequest.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def call_off(fair: FairPage) -> None:
    FairPage.objects.filter(translation_key=fair.translation_key).update(is_cancelled=True, cancel_reason="Kim")
    registrations.follow_publication(fair.translation_key)


def lead_fairs_through_everything(language: str, by) -> list[Registration]:
    """The first built-in fair takes place, the second is called off; those who come to the first."""
    first, second = built_in_fairs(language)
    visitors = lead_visitors_through_everything(language, first)
    lead_producers_through_everything(language, first, by)
    FairPage.objects.filter(translation_key=second.translation_key).update(is_cancelled=False)
    key = second.activities.get().translation_key
    registrations.register(key, visitor(language, 9, people=1))
    call_off(second)
    return visitors


def addresses(language: str, visitors: list[Registration]) -> dict[str, str]:
    """The addresses around the fairs, of which some no link leads to."""
    first, second = built_in_fairs(language)
    keys = [activity.translation_key for activity in first.activities.order_by("sort_order")]
    found = {f"registration, {row.state}": reverse("registration", args=[row.key]) for row in visitors}
    return found | {
        "activity, full": reverse("activity", args=[keys[0]]),
        "activity, open": reverse("activity", args=[keys[1]]),
        "activity, closed": reverse("activity", args=[second.activities.get().translation_key]),
        "booth": reverse("booth_request", args=[first.translation_key]),
        "booth, closed": reverse("booth_request", args=[second.translation_key]),
    }
