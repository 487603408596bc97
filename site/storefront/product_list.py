"""What a page shows around a list: chosen parts as chips, orders to sort by, wider lists where one is empty."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from areas.folding import fold
from discovery.asking import MOST_WORDS
from discovery.browsing import BY_NAME, CHEAPEST, DEAREST, FAIR, MOST_STARS, NEWEST, RELEVANCE, Found
from discovery.engines.answering import answer
from discovery.filters import Filters
from outbox.wording import dong, is_english
from storefront.paging import Paging, address_with_values

WIDER = 4  # lists that an empty one offers


@dataclass(frozen=True)
class Chip:
    """A chosen part in words: the address of the list without it, and the wish without it."""

    words: str
    address: str
    changes: dict


def title_of(row, english: bool) -> str:
    """A row's name in the reader's language."""
    return row.name_en if english else row.name


def chips_of(request, found: Found, english: bool) -> list[Chip]:
    """What was chosen, part by part."""
    wish, chips = found.wish, []

    def add(words: str, name: str, part: str, value=None) -> None:
        """`name` in the address and `part` of the wish, without one of several values or altogether."""
        left = tuple(each for each in getattr(wish, part) if each != value) if value is not None else None
        path = whole_list(request) if name == "group" else request.path
        # What the address says and the wish does not: a former commune, a branch that gave way to its groups.
        kept = {"branch": wish.branches, "group": wish.groups, "commune": wish.communes, name: left or ()}
        address = address_with_values(request, kept, path=path)
        chips.append(Chip(words, address, {part: getattr(type(wish)(), part) if left is None else left}))

    for name, part, lines in (
        ("kind", "kinds", found.kinds),
        ("stars", "stars", found.stars),
        ("commune", "communes", found.communes),
        ("maker", "makers", found.makers),
        ("people", "people", found.people),
    ):
        for choice in lines:
            if choice.is_chosen:
                value = choice.row if part == "stars" else choice.value
                add(words_of_choice(name, choice, english), name, part, value)
    for branch, groups in found.branches:
        for choice, name, part in ((branch, "branch", "branches"), *((each, "group", "groups") for each in groups)):
            if choice.is_chosen:
                add(title_of(choice.row, english), name, part, choice.value)
    for row in found.product_sets:
        add(title_of(row, english), "set", "product_sets", row.pk)
    if found.producer:
        add(title_of(found.producer, english), "producer", "producer")
    if wish.price_from is not None:
        add(_("từ %(price)s") % {"price": dong(wish.price_from)}, "price_from", "price_from")
    if wish.price_to is not None:
        add(_("đến %(price)s") % {"price": dong(wish.price_to)}, "price_to", "price_to")
    if wish.certified:
        add(_("sao còn hạn từ %(months)s tháng") % {"months": wish.certified}, "certified", "certified")
    if wish.in_stock:
        add(_("còn hàng"), "stock", "in_stock")
    if wish.in_season:
        add(_("đang mùa"), "season", "in_season")
    if wish.delivered:
        add(_("giao đến %(commune)s") % {"commune": found.commune.title}, "delivered", "delivered")
    return chips


def words_of_choice(name: str, choice, english: bool) -> str:
    if name == "stars":
        return _("%(stars)s sao") % {"stars": choice.row}
    if name == "commune":
        return choice.row.title
    return choice.row[english] if name == "people" else str(choice.row)


def whole_list(request) -> str:
    """The address that filters are sent to: a group's own page has one group, so that others lead to all products."""
    match = request.resolver_match
    return reverse("products") if match and match.view_name == "product_group" else request.path


def wider_lists(found: Found, chips: list[Chip]) -> list[tuple[Chip, int]]:
    """Where a list is empty: the lists that lack one of its conditions and hold something, the fullest first."""
    counts = [(chip, found.if_it_were(**chip.changes).count) for chip in chips]
    filled = [(chip, count) for chip, count in counts if count]
    return sorted(filled, key=lambda pair: -pair[1])[:WIDER]


def sort_choices(found: Found) -> list[tuple[str, str, bool]]:
    """(value, words, is chosen) of each order."""
    first = (RELEVANCE, _("Sát nhất với chữ đã gõ")) if found.wish.words else (FAIR, _("Luân phiên nhà sản xuất"))
    words = (
        first,
        (NEWEST, _("Mới bày")),
        (MOST_STARS, _("Nhiều sao trước")),
        (CHEAPEST, _("Giá thấp trước")),
        (DEAREST, _("Giá cao trước")),
        (BY_NAME, _("Theo tên")),
    )
    return [(value, text, value == found.sort) for value, text in words]


def fewer_words(found: Found) -> list[tuple[str, int]]:
    """Where nothing holds all that was typed: its words that something holds, with how many things of any kind the
    search finds by each. Counted in the tally."""
    words = list(dict.fromkeys(found.wish.typed.split()))[:MOST_WORDS]
    if len(words) < 2:
        return []
    counts = [(word, answer(word, Filters(), found.held).count) for word in words if len(fold(word)) > 1]
    return [(word, count) for word, count in counts if count][:WIDER]


def context_of_list(request, found: Found, paging: Paging) -> dict:
    """What templates/storefront/_list.html draws: a page of what was found, its facets, chips and orders; wider lists
    where it is empty."""
    english = is_english()
    chips = chips_of(request, found, english)
    return {
        "wish": found.wish,
        "found": found,
        "chips": chips,
        "sorts": sort_choices(found),
        "is_fair": found.sort == FAIR,
        "cards": found.page(paging.slice, english=english),
        "paging": paging,
        "whole_list": whole_list(request),
        "wider": [] if found.count else wider_lists(found, chips),
        "fewer": fewer_words(found) if found.wish.words and not found.count and not chips else [],
    }
