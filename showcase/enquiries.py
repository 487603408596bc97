"""What becomes of a visitor's message: kept once, told to the office, answered by a person, forgotten after a year."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from outbox.mails import write_mail
from outbox.timers import timer
from showcase.models.enquiry import Enquiry

KEPT = timedelta(days=365)
OFFICE_LANGUAGE = "vi"


@transaction.atomic
def write_enquiry(token: str, **told) -> Enquiry:
    """Keep a message and tell the office of it. `token` is that of the form it was written in; `told` holds the fields
    of Enquiry. The same words in the same form are kept and told once; other words are another message."""
    key = sha256("\n".join([token, *(f"{name}={told[name]}" for name in sorted(told))]).encode()).hexdigest()
    enquiry, is_new = Enquiry.objects.get_or_create(key=key, defaults=told)
    if is_new:
        _tell_office(enquiry)
    return enquiry


def _tell_office(enquiry: Enquiry) -> None:
    """Who answers the letter writes to the sender. The sender gets no letter by machine: anybody could have one sent
    to a stranger (decision 0017)."""
    address = settings.SITE_URL + reverse("enquiry", args=[enquiry.pk])
    context = {"enquiry": enquiry, "address": address}
    write_mail(
        f"enquiry:{enquiry.key}", settings.CONTACT_EMAIL, OFFICE_LANGUAGE, "enquiry", context, reply_to=enquiry.email
    )


def mark_answered(enquiry: Enquiry, *, by: User) -> bool:
    """Note who answered it; False where somebody has been quicker."""
    unanswered = Enquiry.objects.waiting().filter(pk=enquiry.pk)
    return unanswered.update(answered_at=timezone.now(), answered_by=by) == 1


def mark_unanswered(enquiry: Enquiry) -> None:
    Enquiry.objects.filter(pk=enquiry.pk).update(answered_at=None, answered_by=None)


@timer(every=24 * 3600)
def forget_old_enquiries():
    """Twelve months after it was sent, as its sender was told."""
    Enquiry.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
