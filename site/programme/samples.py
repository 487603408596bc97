"""Sample decisions: recognitions in every state there is, on products whose true standing has run out or is not known.

Days count from the first load: a certificate that ended "yesterday" ended on the day before it. Once written, they
stay as they are and grow old like true ones.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from catalogue.models import Listing
from programme.models import Decision, Recognition
from programme.recognition import MONTHS, file_re_evaluation, months_after, recognise, withdraw

NUMBERS = "MẪU-"  # how the number of every sample decision begins
PROVINCE = ("UBND tỉnh (quyết định mẫu)", "Provincial People's Committee (sample decision)")
MINISTRY = (
    "Bộ Nông nghiệp và Môi trường (quyết định mẫu)",
    "Ministry of Agriculture and Environment (sample decision)",
)


@dataclass(frozen=True)
class Line:
    """A product's stars and the council's scores of parts A (of 40), B (of 25) and C (of 35)."""

    slug: str
    stars: int
    scores: tuple[float, float, float]
    filed_days_ago: int | None = None  # for re-evaluation
    withdrawn_days_ago: int | None = None
    cause: str = ""


@dataclass(frozen=True)
class Sample:
    """A decision: either signed so many days ago, or so that its certificates end in so many days (negative: ended)."""

    suffix: str
    lines: tuple[Line, ...]
    signed_days_ago: int | None = None
    ends_in_days: int | None = None
    authority: tuple[str, str] = PROVINCE

    def signed_on(self, today: date) -> date:
        if self.signed_days_ago is not None:
            return today - timedelta(days=self.signed_days_ago)
        return signed_to_end_on(today + timedelta(days=self.ends_in_days))


def signed_to_end_on(last: date) -> date:
    """The day on which a certificate is issued to end on this day (on 28 February, where 29 is asked for)."""
    return months_after(last, -MONTHS)


SAMPLES = (
    Sample("QĐ-UBND", ends_in_days=-190, lines=(Line("tra-kim-tuyen", 3, (26.0, 15.5, 22.5)),)),
    Sample(
        "QĐ-UBND",
        ends_in_days=-30,
        lines=(
            Line("tra-o-long", 4, (31.5, 19.0, 28.0), filed_days_ago=170),
            Line("hat-mac-ca-kho", 3, (25.5, 16.0, 23.0), filed_days_ago=160),
        ),
    ),
    Sample("QĐ-UBND", ends_in_days=-1, lines=(Line("matcha", 4, (30.5, 18.0, 27.5)),)),
    Sample("QĐ-UBND", ends_in_days=25, lines=(Line("tra-co-thu-sa-de-phin", 4, (33.0, 18.5, 28.5)),)),
    Sample(
        "QĐ-UBND",
        ends_in_days=110,
        lines=(
            Line("tra-sencha", 4, (30.0, 18.5, 26.5)),
            Line("oi-phan-vinh", 3, (24.0, 14.5, 22.0)),
            Line("mat-ong-muong-mit", 3, (27.0, 14.0, 23.5), filed_days_ago=12),
        ),
    ),
    Sample(
        "QĐ-UBND",
        signed_days_ago=330,
        lines=(
            Line("che-kim-tuyen-tan-uyen", 4, (29.5, 17.5, 26.0), withdrawn_days_ago=40, cause="stopped"),
            Line("ruou-man-mau", 3, (25.0, 15.0, 21.5), withdrawn_days_ago=15, cause="mark"),
            Line("tra-shan-co-thu-mo-si-san", 4, (34.0, 17.0, 27.5)),
        ),
    ),
    Sample(
        "QĐ-UBND",
        signed_days_ago=140,
        lines=(
            Line("gao-seng-cu-than-uyen", 4, (32.5, 19.5, 29.0)),
            Line("cham-cheo-luc-le", 3, (27.5, 16.5, 23.5)),
            Line("tra-xanh-huong-nhai-huu-co", 4, (31.0, 18.0, 28.5)),
            Line("vien-ha-thu-o-mat-ong-vung", 3, (24.5, 16.0, 26.0)),
            Line("thit-trau-say-ha-pho", 3, (26.5, 15.5, 22.5)),
            Line("ruou-ngo-men-la-mau", 3, (25.5, 14.0, 20.5)),
        ),
    ),
    Sample(
        "QĐ-BNNMT",
        signed_days_ago=75,
        authority=MINISTRY,
        lines=(Line("tra-dong-phuong-my-nhan", 5, (37.0, 22.5, 33.0)),),
    ),
)


@transaction.atomic
def load_sample_decisions(today: date) -> int:
    """Write the sample decisions where there are none yet. Returns how many recognitions were written."""
    if Decision.objects.filter(number__startswith=f"{NUMBERS}01/").exists():
        return 0
    slugs = [line.slug for sample in SAMPLES for line in sample.lines]
    listings = Listing.objects.filter(product__slug__in=slugs).select_related("product")
    products = {listing.product.slug: listing.product for listing in listings}
    written = 0
    for number, sample in enumerate(SAMPLES, 1):
        signed_on = sample.signed_on(today)
        decision = Decision.objects.create(
            source=Decision.Source.SAMPLE,
            number=f"{NUMBERS}{number:02}/{sample.suffix}",
            year=signed_on.year,
            signed_on=signed_on,
            authority=sample.authority[0],
            authority_en=sample.authority[1],
        )
        for line in sample.lines:
            written += 1
            recognition = recognise(
                decision,
                products[line.slug],
                stars=line.stars,
                scores=line.scores,
                certificate_number=f"MẪU-CN-{written:03}",
                issued_on=signed_on,
                is_sample=True,
            )
            _go_on(recognition, line, today)
    return written


def _go_on(recognition: Recognition, line: Line, today: date) -> None:
    """What happened to a recognition after it was given."""
    if line.filed_days_ago is not None:
        file_re_evaluation(recognition, on=today - timedelta(days=line.filed_days_ago))
    if line.withdrawn_days_ago is not None:
        withdraw(recognition, on=today - timedelta(days=line.withdrawn_days_ago), cause=line.cause)
