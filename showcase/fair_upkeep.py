"""What follows the publication of a fair, and the end of what is known about its people."""

from datetime import timedelta

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task
from wagtail.signals import page_published

from outbox.timers import timer
from showcase.models import BoothRequest, Desk, FairPage, Registration
from showcase.registrations import follow_publication

KEPT_DAYS = 90  # after the fair's last day; the sentences of consent say so
BATCH = 500


@task()
def follow_fair(fair_key: str) -> None:
    follow_publication(fair_key)


@receiver(page_published, sender=FairPage)
def fair_was_published(instance: FairPage, **kwargs) -> None:
    if Desk.objects.filter(fair_key=instance.translation_key).exists():
        follow_fair.enqueue(str(instance.translation_key))


@timer(every=3600)
def erase_people_of_past_fairs() -> int:
    """Ninety days after a fair nobody knows who came: registrations go, and so do requests for booths, but for which
    producer stood where. Returns how many rows were changed."""
    past = Desk.objects.filter(ends_on__lte=timezone.localdate() - timedelta(days=KEPT_DAYS))
    visits = Registration.objects.filter(desk__in=past)
    refused = BoothRequest.objects.filter(desk__in=past).exclude(state=BoothRequest.State.ACCEPTED)
    changed = 0
    for rows in (visits, refused):
        while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
            changed += rows.model.objects.filter(pk__in=keys).delete()[0]
    accepted = BoothRequest.objects.filter(desk__in=past).exclude(name="")
    nothing = {"name": "", "phone": "", "email": "", "note": "", "asked_by": None}
    return changed + accepted.update(**nothing)
