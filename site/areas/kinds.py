"""The kinds of administrative units: their words in both languages, and how people shorten them."""

from areas.folding import fold, without_marks

# As the statistics office translates them: a thị trấn is a township, a thị xã a town.
ENGLISH = {
    "Tỉnh": "Province",
    "Thành phố": "City",
    "Huyện": "District",
    "Quận": "District",
    "Thị xã": "Town",
    "Xã": "Commune",
    "Phường": "Ward",
    "Thị trấn": "Township",
    "Đặc khu": "Special Zone",
}

# Folded words that people put before a name, and the kinds they can mean.
_BEFORE = {fold(kind): frozenset({kind}) for kind in ENGLISH} | {
    "tp": frozenset({"Thành phố"}),
    "tx": frozenset({"Thị xã"}),
    "tt": frozenset({"Thị trấn"}),
    "h": frozenset({"Huyện"}),
    "q": frozenset({"Quận"}),
    "x": frozenset({"Xã"}),
    "p": frozenset({"Phường"}),
}
# English puts them after a name, and before a number.
_AFTER = {
    "province": frozenset({"Tỉnh"}),
    "city": frozenset({"Thành phố"}),
    "district": frozenset({"Huyện", "Quận"}),
    "town": frozenset({"Thị xã", "Thị trấn"}),
    "township": frozenset({"Thị trấn"}),
    "commune": frozenset({"Xã"}),
    "ward": frozenset({"Phường"}),
    "special zone": frozenset({"Đặc khu"}),
}


def split_full_name(full_name: str) -> tuple[str, str]:
    """Kind and name of an official full name: "Thị Trấn Prao" → ("Thị trấn", "Prao").

    Raises ValueError for a name that begins with no known kind.
    """
    lowered = full_name.lower()
    for kind in ENGLISH:
        if lowered.startswith(kind.lower() + " "):
            return kind, full_name[len(kind) + 1 :]
    raise ValueError(f"No known kind of unit in {full_name!r}")


def english_full_name(kind: str, name: str) -> str:
    """ "Binh Lu Commune"; units known by a number take it last: "Ward 7"."""
    bare = without_marks(name)
    return f"{ENGLISH[kind]} {bare}" if bare.isdigit() else f"{bare} {ENGLISH[kind]}"


def split_typed(typed: str) -> tuple[str, frozenset[str]]:
    """Take the kind off a folded name: "tt than uyen" → ("than uyen", {"Thị trấn"}).

    Without a kind word, or with nothing but one, the whole text is the name and the kinds are empty.
    """
    words = typed.split()
    for length in (2, 1):
        if len(words) <= length:
            continue
        before, after = " ".join(words[:length]), " ".join(words[-length:])
        if before in _BEFORE or (before in _AFTER and words[-1].isdigit()):
            return " ".join(words[length:]), _BEFORE.get(before) or _AFTER[before]
        if after in _AFTER:
            return " ".join(words[:-length]), _AFTER[after]
    return typed, frozenset()
