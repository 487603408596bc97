"""Fill the tables from `data/`: the whole country, and what more is known of single provinces.

`vietnam-units.json` has every unit's name and code. A file `<province>-units.json` adds districts' codes, spellings,
centres and areas for one province. Loading again changes nothing; loading corrected files changes the rows in place,
so links to them hold.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from areas.folding import slugify_vi
from areas.kinds import split_full_name
from areas.models import Area, Level, Succession
from outbox.events import tell

DATA = Path(__file__).parent / "data"
# The day the reform of 2025 put the present communes in force, and the last day of what it ended
# (Resolution 202/2025/QH15; the district level ended with the Law on Local Government of 2025).
FIRST_DAY = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)

FIELDS = [
    "kind", "name", "full_name", "full_name_en", "code", "parent_id", "held_from", "region", "latitude", "longitude",
    "area_km2", "aliases", "folded", "slug",
]  # fmt: skip


@transaction.atomic
def load_areas(*, only: str | None = None, say: Callable[[str], None] = lambda line: None) -> Counter:
    """Load all units, or with `only` (a present province's code) that province's communes and their past.

    The 34 present provinces are always there. Returns how many rows there are of each sort, and "created" and
    "changed". `say` hears a line a step. Raises ValueError for a code that is no present province's, and where a
    province's file names a unit the country lacks.
    """
    country = _Country(only)
    counts = Counter()
    is_first = not Area.objects.exists()

    def keep(title: str, level: str, held_until: date | None, wanted: Iterable[Area]) -> dict:
        kept, created, changed = _keep(level, held_until, wanted)
        counts.update({title: len(kept), "created": created, "changed": changed})
        say(f"{title}: {len(kept)} ({created} created, {changed} changed)")
        return kept

    provinces = keep("present provinces", Level.PROVINCE, None, country.provinces())
    by_name = {area.full_name: area for area in provinces.values()}
    for area in keep("former provinces", Level.PROVINCE, LAST_DAY, country.former_provinces(by_name)).values():
        by_name[area.full_name] = area
    present = keep("present communes", Level.COMMUNE, None, country.communes(provinces))
    kept = keep("former districts", Level.DISTRICT, LAST_DAY, country.districts(by_name))
    districts = {(area.parent_id, area.full_name): area for area in kept.values()}
    former = keep("former communes", Level.COMMUNE, LAST_DAY, country.former_communes(by_name, districts))

    successions = _successions(country, by_name, districts, present, former)
    renewed = _keep_successions(successions)
    if not is_first and (counts["created"] or counts["changed"] or renewed):
        tell("areas_changed")
    counts["successions"] = len(successions)
    say(f"successions: {len(successions)}")
    return counts


class _Country:
    """The files, as unsaved units. Parents are saved units, so each level needs the one above it."""

    def __init__(self, only: str | None):
        data = json.loads((DATA / "vietnam-units.json").read_text(encoding="utf-8"))
        self.details = _Details()
        self.province_rows = data["provinces"]
        if only is not None and only not in {row[0] for row in self.province_rows}:
            raise ValueError(f"No present province has the code {only!r}")
        self.commune_rows = [row for row in data["communes"] if only in (None, row[2])]
        codes = {row[0] for row in self.commune_rows}
        self.former_rows = [
            (code, _official(name), _official(district), province, now)
            for code, name, district, province, now in data["former"]
            if codes.issuperset(now)
        ]
        self.details.check({row[0] for row in data["communes"]}, {row[0] for row in data["former"]})

    def provinces(self) -> Iterable[Area]:
        for code, full_name, region in self.province_rows:
            yield Area.from_full_name(
                full_name, level=Level.PROVINCE, code=code, region=slugify_vi(region), **self.details.province(code)
            )

    def former_provinces(self, present: dict[str, Area]) -> Iterable[Area]:
        for full_name in dict.fromkeys(row[3] for row in self.former_rows):
            if full_name not in present:
                yield Area.from_full_name(full_name, level=Level.PROVINCE, held_until=LAST_DAY)

    def communes(self, provinces: dict) -> Iterable[Area]:
        areas = []
        for code, full_name, province, latitude, longitude in self.commune_rows:
            row = {"full_name": full_name, "latitude": latitude, "longitude": longitude}
            row |= self.details.commune(code)
            areas.append(
                Area.from_full_name(
                    level=Level.COMMUNE, code=code, parent=provinces[province], held_from=FIRST_DAY, **row
                )
            )
        shared = Counter((area.parent_id, area.slug) for area in areas)
        for area in areas:
            # Sơn Hà and Sơn Hạ of one province would share an address: their codes tell them apart.
            if shared[area.parent_id, area.slug] > 1:
                area.slug = f"{area.slug}-{area.code}"
        return areas

    def districts(self, provinces: dict[str, Area]) -> Iterable[Area]:
        for full_name, province in dict.fromkeys((row[2], row[3]) for row in self.former_rows):
            parent = provinces[province]
            more = self.details.district(parent.code, full_name)
            yield Area.from_full_name(full_name, level=Level.DISTRICT, parent=parent, held_until=LAST_DAY, **more)

    def former_communes(self, provinces: dict[str, Area], districts: dict) -> Iterable[Area]:
        for code, full_name, district, province, _now in self.former_rows:
            parent = districts[provinces[province].pk, district]
            # Five island districts had no communes; a row with the district's name stands for the whole of each.
            row = {"full_name": full_name or district} | self.details.former_commune(code)
            yield Area.from_full_name(level=Level.COMMUNE, code=code, parent=parent, held_until=LAST_DAY, **row)


class _Details:
    """What the files of single provinces add: they are the better source wherever both speak."""

    def __init__(self):
        self.of_provinces, self.of_districts, self.of_communes, self.of_former = {}, {}, {}, {}
        for path in sorted(DATA.glob("*-units.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            if "province" not in data:
                continue
            province = data["province"]
            self.of_provinces[province["code"]] = {"latitude": province["lat"], "longitude": province["lon"]}
            for row in data["districts"]:
                self.of_districts[province["code"], row["name"]] = _detail(row)
            self.of_communes |= {row["code"]: _detail(row) for row in data["communes"]}
            self.of_former |= {row["code"]: _detail(row) for row in data["communes_before"]}

    def check(self, communes: set[str], former: set[str]) -> None:
        unknown = (self.of_communes.keys() - communes) | (self.of_former.keys() - former)
        if unknown:
            raise ValueError(f"Units of a province that the country does not have: {sorted(unknown)}")

    def province(self, code: str) -> dict:
        return self.of_provinces.get(code, {})

    def district(self, province_code: str | None, full_name: str) -> dict:
        found = dict(self.of_districts.get((province_code, full_name), {}))
        found.pop("full_name", None)
        return found

    def commune(self, code: str) -> dict:
        return _without_code(self.of_communes.get(code, {}))

    def former_commune(self, code: str | None) -> dict:
        return _without_code(self.of_former.get(code, {}))


def _without_code(row: dict) -> dict:
    return {field: value for field, value in row.items() if field != "code"}


def _detail(row: dict) -> dict:
    """A row of a province's file in our fields."""
    detail = {"code": row["code"], "full_name": row["name"], "latitude": row["lat"], "longitude": row["lon"]}
    names = {"name_en": "full_name_en", "area": "area_km2", "aliases": "aliases"}
    return detail | {ours: row[theirs] for theirs, ours in names.items() if theirs in row}


def _official(full_name: str | None) -> str | None:
    """ "Thị Trấn Prao" and "Thị trấn Prao" are one kind of writing too many."""
    return full_name and " ".join(split_full_name(full_name))


def _key(area: Area) -> tuple:
    """What makes two rows one unit, within its level and time."""
    return (area.code,) if area.code else (area.parent_id, area.full_name)


def _keep(level: str, held_until: date | None, wanted: Iterable[Area]) -> tuple[dict, int, int]:
    """Bring the rows of one level and time up to date. Returns them by code (by `_key` where they have none)."""
    stored = {_key(area): area for area in Area.objects.filter(level=level, held_until=held_until)}
    kept, created, changed = {}, [], []
    for area in wanted:
        key = _key(area)
        old = stored.get(key)
        if old is None:
            created.append(area)
        elif any(getattr(old, field) != getattr(area, field) for field in FIELDS):
            for field in FIELDS:
                setattr(old, field, getattr(area, field))
            changed.append(old)
        kept[key[0] if len(key) == 1 else key] = old or area
    Area.objects.bulk_create(created)
    Area.objects.bulk_update(changed, [field.removesuffix("_id") for field in FIELDS], batch_size=50)
    return kept, len(created), len(changed)


def _successions(country: _Country, provinces: dict, districts: dict, present: dict, former: dict) -> dict:
    """(former key, present key) → is it the main part? In the order of the files, the main part first."""
    told, shares = {}, defaultdict(Counter)
    for code, full_name, district, province, now in country.former_rows:
        old = former[code] if code else former[districts[provinces[province].pk, district].pk, full_name or district]
        for place, code_now in enumerate(now):
            told[old.pk, present[code_now].pk] = place == 0
        if provinces[province].held_until:
            shares[provinces[province].pk].update([present[now[0]].parent_id])
    for province_id, parents in shares.items():
        for place, (parent_id, _communes) in enumerate(parents.most_common()):
            told[province_id, parent_id] = place == 0
    return told


def _keep_successions(wanted: dict) -> int:
    """Bring the rows up to date. Returns how many went and came."""
    former = {former_id for former_id, _present_id in wanted}
    stored = {(row.former_id, row.present_id): row for row in Succession.objects.all() if row.former_id in former}
    gone = [row.pk for pair, row in stored.items() if pair not in wanted or row.is_main != wanted[pair]]
    Succession.objects.filter(pk__in=gone).delete()
    came = Succession.objects.bulk_create(
        Succession(former_id=former_id, present_id=present_id, is_main=is_main)
        for (former_id, present_id), is_main in wanted.items()
        if (former_id, present_id) not in stored or stored[former_id, present_id].is_main != is_main
    )
    return len(gone) + len(came)
