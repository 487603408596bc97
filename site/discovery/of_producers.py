"""The entries of producers."""

from datetime import UTC, datetime

from django.db.models import Min
from django.db.models.functions import Coalesce

from areas.folding import fold
from discovery.entries import Source
from discovery.models import Entry, Kind
from discovery.places import names_before, names_of_place, with_former_units
from discovery.words import words_of
from pictures.renditions import of_shape
from producers.models import Producer


def keys_of_producers():
    return Producer.objects.values_list("pk", flat=True)


def entries_of_producers(keys: list[str]) -> list[Entry]:
    found = Producer.objects.public().filter(pk__in=[int(key) for key in keys])
    found = found.select_related("area", "picture").prefetch_related(with_former_units("area"))
    found = found.annotate(since=Coalesce(Min("listings__listed_at"), datetime(2000, 1, 1, tzinfo=UTC)))
    return [entry_of(producer) for producer in found.order_by("pk")]


def entry_of(producer: Producer) -> Entry:
    area, picture = producer.area, producer.picture
    return Entry(
        kind=Kind.PRODUCER,
        key=str(producer.pk),
        producer=producer,
        area=area,
        slug=producer.slug,
        name=producer.name,
        name_en=producer.name_en,
        area_name=area.full_name,
        area_name_en=area.full_name_en,
        folded=fold(" | ".join([producer.name, producer.name_en, area.full_name, *names_before(area)])),
        words=words_of(producer.name, producer.name_en, names_of_place(area), far=names_before(area)),
        is_sold_here=False,
        producer_kind=producer.kind,
        producer_area=area,
        picture_files=of_shape(picture.files, "square") if picture else {},
        picture_alt=picture.alt if picture else "",
        picture_alt_en=picture.alt_en if picture else "",
        listed_at=producer.since,
    )


OF_PRODUCERS = Source(Kind.PRODUCER, keys_of_producers, entries_of_producers)
