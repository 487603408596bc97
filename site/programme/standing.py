"""What may be printed about a product's stars today. Nothing else in the project decides this."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programme.models import Decision, Recognition

EXPIRING_DAYS = 180  # a producer files for re-evaluation from here on (Decision 26/2026, art. 7)
PROLONGED_DAYS = 180  # a late filer's certificate goes on until the result, at most so long (art. 12.3)

IN_FORCE, EXPIRING, RE_EVALUATED, EXPIRED, WITHDRAWN, NONE = (
    "in_force",
    "expiring",
    "re_evaluated",
    "expired",
    "withdrawn",
    "none",
)
STATE_NAMES = {
    IN_FORCE: _("Còn hiệu lực"),
    EXPIRING: _("Sắp hết hạn"),
    RE_EVALUATED: _("Đang đánh giá lại"),
    EXPIRED: _("Đã hết hạn"),
    WITHDRAWN: _("Đã thu hồi"),
    NONE: _("Chưa được xếp hạng"),
}


# Columns of a recognition, for lists of many: what `standing_in` needs.
COLUMNS = (
    "expires_on", "holds_until", "re_evaluation_filed_on", "re_evaluation_ended_on", "withdrawn_on",
    "line__stars", "line__is_sample", "line__decision__source",
)  # fmt: skip


class Dates(NamedTuple):
    """The dates of a recognition of which nothing else was read."""

    expires_on: date | None
    holds_until: date
    re_evaluation_filed_on: date | None
    re_evaluation_ended_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True)
class Standing:
    """`stars` is None unless they may be printed today; `recognition` is the newest one, whatever its state."""

    state: str
    stars: int | None = None
    recognition: Recognition | Dates | None = None
    is_sample: bool = False

    @property
    def name(self):
        return STATE_NAMES[self.state]

    @property
    def holds(self) -> bool:
        return self.stars is not None


NO_STANDING = Standing(NONE)


def last_day(*, year: int, expires_on: date | None, re_evaluation_filed_on: date | None = None) -> date:
    """The last day on which stars are sure to hold.

    Where only the year is known, the certificate may have been issued on 1 January: it is sure to hold
    until the end of the second year after.
    """
    if expires_on is None:
        return date(year + 2, 12, 31)
    return expires_on + timedelta(days=PROLONGED_DAYS) if re_evaluation_filed_on else expires_on


def state_of(recognition: Recognition | Dates, on: date) -> str:
    if recognition.withdrawn_on and recognition.withdrawn_on <= on:
        return WITHDRAWN
    if on > recognition.holds_until:
        return EXPIRED
    if recognition.re_evaluation_filed_on and not recognition.re_evaluation_ended_on:
        return RE_EVALUATED
    if recognition.expires_on is None:  # nobody knows how many days are left
        return IN_FORCE
    return EXPIRING if (recognition.holds_until - on).days <= EXPIRING_DAYS else IN_FORCE


def standing_by(recognition: Recognition | None, on: date | None = None) -> Standing:
    """The standing that a product's newest recognition gives it. Needs `recognition.line.decision` at hand."""
    if recognition is None:
        return NO_STANDING
    line = recognition.line
    return _standing(recognition, line.stars, line.is_sample or line.decision.is_sample, on or timezone.localdate())


def standing_in(columns: tuple, on: date) -> Standing:
    """The standing that a product's newest recognition gives it, from its COLUMNS; nothing but None is none."""
    *dates, stars, is_sample, source = columns
    if stars is None:
        return NO_STANDING
    return _standing(Dates(*dates), stars, is_sample or source == Decision.Source.SAMPLE, on)


def _standing(recognition: Recognition | Dates, stars: int, is_sample: bool, on: date) -> Standing:
    state = state_of(recognition, on)
    may_be_printed = state in (IN_FORCE, EXPIRING, RE_EVALUATED)
    return Standing(state, stars if may_be_printed else None, recognition, is_sample)


def newest_first():
    """Recognitions in the order in which they count: the newest decision speaks."""
    return Recognition.objects.select_related("line__decision").order_by(
        F("line__decision__year").desc(), F("issued_on").desc(nulls_last=True), "-pk"
    )


def newest_recognition(product) -> Recognition | None:
    return newest_first().filter(product=product).first()


def standing_of(product, on: date | None = None) -> Standing:
    """The standing of one product (a parent or a stand-alone)."""
    return standing_by(newest_recognition(product), on)


def with_recognitions(products):
    """Prefetch what `standing_by` needs, in two queries for any number of products."""
    return products.prefetch_related(
        Prefetch("recognitions", queryset=newest_first(), to_attr="recognitions_newest_first")
    )
