"""Find units by what people type: without marks, with or without a kind, by old or new name."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Length

from areas import history, naming
from areas.folding import fold
from areas.kinds import split_typed
from areas.models import Area, Level

EXACT, BEGINNING, WITHIN = range(3)
# Old names that present units still bear are left out of an answer, so twice as many are read as shown.
READ_FOR_EACH = 2
# Of one name with a place after it ("Tân Thành, huyện Yên Thành"): no name is borne by more units than this.
READ_OF_A_PLACE = 200
# No label is longer; what is pasted beyond that is no name.
READ_LETTERS = 300

_NOTE = re.compile(r"\((?P<note>[^()]*)\)?\s*$")
_NOTE_WORDS = re.compile(r"^\s*(cũ|formerly|former|old)\s*:?\s*", re.IGNORECASE)
_CODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class Match:
    """A unit whose name was meant, old or new, and the present units on its land."""

    area: Area
    today: list[Area]
    closeness: int  # EXACT, BEGINNING or WITHIN
    is_kind_right: bool  # it is of the kind that was typed, if one was
    is_spelling_right: bool  # every mark stands as it was typed; "Tân Thanh" is not "Tân Thành"
    with_province: bool

    @property
    def label(self) -> str:
        """The unit in words, in the active language; typed into a search again it leads to this match."""
        return naming.label(self.area, self.today, with_province=self.with_province)


@dataclass(frozen=True)
class Resolution:
    """What a form makes of a typed commune: one present commune, or several to choose from, or nothing."""

    one: Area | None = None
    choices: list[Area] = field(default_factory=list)


@dataclass(frozen=True)
class _Typed:
    """A typed text taken apart; all parts but the spelling are folded."""

    whole: str
    bare: str
    kinds: frozenset[str]
    spellings: list[str]  # how an official list would write the name, if it was typed with all its marks
    places: list[str]

    @property
    def held(self) -> str:
        """What the names of a fitting unit hold. Whatever holds the whole text holds it without its kind word, so one
        condition finds both; a single letter is looked for where a name begins."""
        return self.bare if len(self.bare) >= 2 else f"|{self.bare}"

    @classmethod
    def read(cls, text: str) -> "_Typed":
        text = text[:READ_LETTERS]
        # The note of a label, "(cũ: Xã Phúc Than, huyện Than Uyên)", says exactly what was meant.
        noted = _NOTE.search(text)
        if noted and _NOTE_WORDS.match(noted["note"]):
            text = _NOTE_WORDS.sub("", noted["note"])
        name, *places = text.split(",")
        whole = fold(name)
        bare, kinds = split_typed(whole)
        return cls(whole, bare, kinds, _spellings(name, bare), [split_typed(fold(p))[0] for p in places if fold(p)])


def _spellings(name: str, bare: str) -> list[str]:
    words = unicodedata.normalize("NFC", name).title().split()
    # A kind is one word or two, before or after the name.
    runs = [words, words[1:], words[2:], words[:-1], words[:-2]]
    return [run for run in dict.fromkeys(" ".join(run) for run in runs) if fold(run) in (bare, fold(name))]


def names_on_land_of(province: Area) -> dict[int, str]:
    """The names (Area.folded) of all units, present and former, on a present province's land, by their keys. One query;
    they change by law alone."""
    return dict(Area.objects.in_province(province).values_list("pk", "folded"))


def find_units(
    text: str, *, province: Area | None = None, limit: int = 20, names: Mapping[int, str] | None = None
) -> list[Match]:
    """Units of the whole country, or on the land of one present province, whose name or alias is like `text`.

    Exact names come first, then names that begin so, then names that hold the text (two letters or more); among
    equals those of the typed kind, those with the typed marks, then present ones. Places after a comma narrow it:
    "Phúc Than, Than Uyên". A former unit that the present one of the same full name replaced entirely is told by the
    latter alone. Four queries at most, however many units are found; none where `names` (of the province's land) are
    told and none of them is like the text, as with most of what is typed into a search.
    """
    typed = _Typed.read(text)
    if not typed.bare or limit < 1:
        return []
    around = Area.objects.all() if province is None else Area.objects.in_province(province)
    if names is not None:
        around = Area.objects.filter(pk__in=[pk for pk, folded in names.items() if typed.held in folded])
    # Ranked first and read after, so that the database sorts keys and not whole rows.
    ranked = _ranked(typed, around)[: READ_OF_A_PLACE if typed.places else limit * READ_FOR_EACH]
    ranks = {pk: (closeness, kind_order == 0) for pk, closeness, kind_order in ranked}
    known = Area.objects.select_related("parent__parent").in_bulk(ranks)
    areas = [known[pk] for pk in ranks]
    today = history.today_of(areas)
    if typed.places:
        areas = [area for area in areas if _lies_in(area, today[area.pk], typed.places)]
    shown = {area.pk for area in areas if today[area.pk] == [area]}
    matches = [
        Match(area, today[area.pk], *ranks[area.pk], area.name in typed.spellings, with_province=province is None)
        for area in areas
        if not _goes_without_saying(area, today[area.pk], shown)
    ]
    return matches[:limit]


def resolve_commune(text_or_code: str, *, province: Area | None = None) -> Resolution:
    """What a person who typed a commune's name, or whose form sent its code, means today.

    `one` is set where only one present commune can be meant. Where several can (an old name that is now another
    commune's, an old commune that was divided, a district), they are the `choices` and the person chooses; where no
    name fits exactly the choices are the nearest. A code is read as a present commune's first: codes of former
    communes were given anew. Four queries at most.
    """
    text = text_or_code.strip()
    if _CODE.fullmatch(text):
        return _resolve_code(text, province)
    matches = find_units(text, province=province)
    exact = [match for match in matches if match.closeness == EXACT and match.area.level != Level.PROVINCE]
    exact = [match for match in exact if match.is_kind_right] or exact
    if not text.isascii():
        exact = [match for match in exact if match.is_spelling_right] or exact
    # "Xã Mường Than, tỉnh Lai Châu" names a province and no district, as is done since the reform: the present unit.
    labelled = [
        match for match in exact if fold(naming.label(match.area, match.today, with_province=True)) == fold(text)
    ]
    choices = _communes(labelled or exact, province)
    if len(choices) == 1:
        return Resolution(choices[0], choices)
    return Resolution(None, choices or _communes(matches, province))


def communes_of(province: Area) -> QuerySet[Area]:
    """The present communes, wards and special zones of a present province, by name."""
    return Area.objects.present().communes().filter(parent=province).by_name()


def _ranked(typed: _Typed, around: QuerySet) -> QuerySet:
    """The keys of fitting units with closeness and kind_order (0: of the typed kind), the best first."""
    areas = around.filter(folded__contains=typed.held)
    is_name, begins_name = Q(folded__contains=f"|{typed.bare}|"), Q(folded__contains=f"|{typed.bare}")
    kind_order = Value(0)
    if typed.kinds:
        # "Quan Sơn" is a name, "quận Sơn" a kind and a name: both readings are tried.
        is_name |= Q(folded__contains=f"|{typed.whole}|")
        begins_whole = Q(folded__contains=f"|{typed.whole}")
        begins_name |= begins_whole
        kind_order = Case(When(Q(kind__in=typed.kinds) | begins_whole, then=Value(0)), default=Value(1))
    return (
        areas.annotate(
            closeness=Case(
                When(is_name, then=Value(EXACT)), When(begins_name, then=Value(BEGINNING)), default=Value(WITHIN)
            ),
            kind_order=kind_order,
            spelling_order=Case(When(name__in=typed.spellings, then=Value(0)), default=Value(1)),
        )
        .order_by(
            "closeness",
            "kind_order",
            "spelling_order",
            F("held_until").desc(nulls_first=True),
            "-level",  # province, district, commune
            Length("folded"),
            "folded",
            "pk",
        )
        .values_list("pk", "closeness", "kind_order")
    )


def _lies_in(area: Area, today: list[Area], places: list[str]) -> bool:
    around = [area.parent, area.parent and area.parent.parent, *(unit.parent for unit in today)]
    names = {name for unit in around if unit for name in unit.folded.split("|")}
    return names.issuperset(places)


def _goes_without_saying(area: Area, today: list[Area], shown: set[int]) -> bool:
    if today == [area]:
        return False
    if area.level == Level.COMMUNE and area.full_name == area.parent.full_name:
        return True  # stands for a whole island district, which is found itself
    return len(today) == 1 and today[0].full_name == area.full_name and today[0].pk in shown


def _communes(matches: list[Match], province: Area | None) -> list[Area]:
    found = {unit.pk: unit for match in matches for unit in match.today if unit.level == Level.COMMUNE}
    return [unit for unit in found.values() if province is None or unit.parent_id == province.pk]


def _resolve_code(code: str, province: Area | None) -> Resolution:
    areas = list(Area.objects.communes().filter(code=code).select_related("parent"))
    areas.sort(key=lambda area: not area.is_present)
    choices = history.today(areas[0]) if areas else []
    choices = [unit for unit in choices if province is None or unit.parent_id == province.pk]
    return Resolution(choices[0] if len(choices) == 1 else None, choices)
