"""When a producer may not sell for a time."""

from django.db import transaction
from django.utils import timezone

from outbox.events import tell
from producers.models import Producer


@transaction.atomic
def suspend(producer: Producer, *, reason: str) -> None:
    """Hide a producer and everything it sells, at once. `reason` is kept and must not be empty (ValueError)."""
    if not reason.strip():
        raise ValueError("a suspension needs its reason")
    Producer.objects.filter(pk=producer.pk).update(suspended_at=timezone.now(), suspension_reason=reason.strip())
    producer.refresh_from_db()
    tell("producer_changed", producer_id=producer.pk)


@transaction.atomic
def lift_suspension(producer: Producer) -> None:
    """Show a producer again."""
    Producer.objects.filter(pk=producer.pk).update(suspended_at=None, suspension_reason="")
    producer.refresh_from_db()
    tell("producer_changed", producer_id=producer.pk)
