"""What people who come to a fair are told, each in their own language, through the outbox.

Keys of letters name rows, never persons.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from outbox.mails import withdraw_mails, write_mail
from outbox.wording import unmarked
from showcase.models import Activity, BoothRequest, Desk, FairPage, Registration


def activity_for(registration: Registration) -> Activity | None:
    """The activity in the language of whoever registered, or in another; of a page that is no longer public only where
    no other is."""
    return Activity.objects.of(registration.activity_key).in_language(registration.language).first()


def page_for(desk: Desk, language: str) -> FairPage | None:
    """The fair's page in a language, or in another; one that is no longer public only where no other is."""
    pages = list(FairPage.objects.filter(translation_key=desk.fair_key).select_related("locale"))
    return min(pages, key=lambda page: (not page.live, page.locale.language_code != language, page.pk), default=None)


def tell(registration: Registration, about: str = "") -> None:
    """Confirm a place, or a place in the waiting list. `about` makes it a further letter of its kind."""
    confirmed = registration.state == Registration.State.CONFIRMED
    write_to_visitor(registration, "registration_confirmed" if confirmed else "registration_waiting", about)


def tell_moved_up(registration: Registration) -> None:
    write_to_visitor(registration, "registration_moved_up")


def remind(registration: Registration) -> None:
    """Send the way to a registration once more, at most once a day."""
    tell(registration, about=f"{timezone.localdate():%Y-%m-%d}")


def write_to_visitor(registration: Registration, template: str, about: str = "") -> None:
    activity = activity_for(registration)
    if activity is None:
        return
    counting = Activity.objects.counting(registration.activity_key) or activity
    with translation.override(registration.language):
        activity_name, fair_title = unmarked(activity.name), unmarked(activity.page.shown_title)
        place = unmarked(activity.page.place)
    write_mail(
        f"{template}:{registration.pk}:{about}",
        registration.email,
        registration.language,
        template,
        {
            "people": registration.people,
            "activity": activity_name,
            "starts_at": counting.starts_at,
            "fair": fair_title,
            "is_sample": activity.page.is_sample,
            "place": place,
            "address": address_of("registration", registration),
        },
    )


def tell_cancelled(desk: Desk, fair: FairPage) -> None:
    """Tell everybody who comes to a cancelled fair, visitors and producers, each once."""
    visitors = desk.registrations.exclude(state=Registration.State.CANCELLED).exclude(email="")
    producers = desk.boothrequests.exclude(state=BoothRequest.State.DECLINED).exclude(email="")
    pages = {language: page_for(desk, language) or fair for language, _name in settings.LANGUAGES}
    for kind, people in (("registration", visitors), ("booth", producers)):
        for person in people.order_by("pk"):
            page = pages[person.language]
            with translation.override(person.language):
                title, reason = unmarked(page.shown_title), unmarked(page.cancel_reason or fair.cancel_reason)
            context = {"name": person.name, "fair": title, "reason": reason, "is_sample": page.is_sample}
            write_mail(f"fair_cancelled:{kind}:{person.pk}:", person.email, person.language, "fair_cancelled", context)


def withdraw(registration: Registration) -> None:
    """Leave nothing of what was written to somebody about a registration, and send no more of it."""
    kinds = ("registration_confirmed", "registration_waiting", "registration_moved_up", "fair_cancelled:registration")
    withdraw_mails(*(f"{kind}:{registration.pk}:" for kind in kinds))


def tell_asker(request: BoothRequest, template: str) -> None:
    """Tell who asked for a booth, and when it was asked the producer itself: anybody can write its name."""
    page = page_for(request.desk, request.language)
    if page is None:
        return
    english = request.language == "en"
    with translation.override(request.language):
        context = {
            "name": request.name,
            "producer": unmarked(request.producer.name_en if english else request.producer.name),
            "fair": unmarked(page.shown_title),
            "is_sample": page.is_sample,
            "number": request.number,
            "reason": request.reason,
        }
    write_mail(f"{template}:{request.pk}", request.email, request.language, template, context)
    known = request.producer.email
    if template == "booth_asked" and known and known != request.email:
        write_mail(f"{template}:{request.pk}:producer", known, request.language, template, context)


def address_of(name: str, person: Registration) -> str:
    """The secret address, in the person's language."""
    with translation.override(person.language):
        return settings.SITE_URL + reverse(name, args=[person.key])
