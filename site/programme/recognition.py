"""How recognitions begin, are being re-evaluated, and are taken away. The only writer of stars."""

from calendar import monthrange
from datetime import date

from django.db import transaction

from outbox.events import tell
from programme.models import Decision, DecisionLine, Recognition
from programme.standing import last_day

MONTHS = 36  # Decision 26/2026, art. 4


def months_after(day: date, months: int) -> date:
    """The same day some months on, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@transaction.atomic
def recognise(
    decision: Decision,
    product,
    *,
    stars: int,
    scores: tuple | None = None,
    certificate_number: str = "",
    issued_on: date | None = None,
    is_sample: bool = False,
) -> Recognition:
    """Write a decision's line for a product and the recognition that follows from it (Decision 26/2026, art. 4).

    `scores` are the council's means of parts A, B and C. `issued_on` None: only the decision's year is known.
    Raises IntegrityError when the product stands in this decision already.
    """
    a, b, c = scores or (None, None, None)
    line = DecisionLine.objects.create(
        decision=decision, product=product, stars=stars, score_a=a, score_b=b, score_c=c, is_sample=is_sample
    )
    expires_on = months_after(issued_on, MONTHS) if issued_on else None
    recognition = Recognition.objects.create(
        line=line,
        product=product,
        certificate_number=certificate_number,
        issued_on=issued_on,
        expires_on=expires_on,
        holds_until=last_day(year=decision.year, expires_on=expires_on),
    )
    tell("product_changed", product_id=product.pk)
    return recognition


@transaction.atomic
def file_re_evaluation(recognition: Recognition, *, on: date) -> None:
    """Note that the producer filed for re-evaluation; the certificate goes on until the result (art. 12.3)."""
    row = Recognition.objects.select_for_update().select_related("line__decision").get(pk=recognition.pk)
    row.re_evaluation_filed_on = on
    row.holds_until = last_day(year=row.line.decision.year, expires_on=row.expires_on, re_evaluation_filed_on=on)
    row.save(update_fields=["re_evaluation_filed_on", "holds_until"])
    tell("product_changed", product_id=row.product_id)


@transaction.atomic
def withdraw(recognition: Recognition, *, on: date, cause: str) -> None:
    """Take a product's stars away (Decision 26/2026, art. 8). `cause` is one of Recognition.Cause."""
    row = Recognition.objects.select_for_update().get(pk=recognition.pk)
    row.withdrawn_on, row.withdrawal_cause = on, Recognition.Cause(cause).value
    row.save(update_fields=["withdrawn_on", "withdrawal_cause"])
    tell("product_changed", product_id=row.product_id)
