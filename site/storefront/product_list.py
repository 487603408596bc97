"""The words and addresses around a list of products: facets as links, chosen parts as chips, orders to sort by."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.browsing import BY_NAME, CHEAPEST, DEAREST, MOST_STARS, NEWEST, Facets, Wish
from outbox.wording import dong
from storefront.paging import address_with


def title_of(row, english: bool) -> str:
    """A row's name in the reader's language."""
    return row.name_en if english else row.name


def links_of(request, facets: Facets, english: bool) -> dict:
    """Branches and groups as links: (name, count, address, is chosen). A chosen one's link takes it away again."""
    everything = reverse("products")
    branch = facets.branch.slug if facets.branch else None
    return {
        "branches": [
            (
                title_of(choice.row, english),
                choice.count,
                address_with(
                    request, everything, branch=None if choice.is_chosen else choice.value, group=None, set=None
                ),
                choice.is_chosen,
            )
            for choice in facets.branches
        ],
        "groups": [
            (
                title_of(choice.row, english),
                choice.count,
                address_with(request, everything, branch=branch, group=None, set=None)
                if choice.is_chosen
                else address_with(
                    request, reverse("product_group", args=[choice.value]), branch=None, group=None, set=None
                ),
                choice.is_chosen,
            )
            for choice in facets.groups
        ],
    }


def chips_of(request, wish: Wish, facets: Facets, english: bool) -> list[tuple[str, str]]:
    """What was chosen, each with the address of the list without it."""
    chips = []
    if facets.producer:
        chips.append((title_of(facets.producer, english), address_with(request, producer=None)))
    if facets.product_set:
        chips.append((title_of(facets.product_set, english), address_with(request, set=None)))
    if facets.commune:
        chips.append((facets.commune.title, address_with(request, commune=None)))
    if wish.stars:
        named = ", ".join(str(stars) for stars in sorted(wish.stars))
        chips.append((_("%(stars)s sao") % {"stars": named}, address_with(request, stars=None)))
    if wish.price_from is not None:
        chips.append((_("từ %(price)s") % {"price": dong(wish.price_from)}, address_with(request, price_from=None)))
    if wish.price_to is not None:
        chips.append((_("đến %(price)s") % {"price": dong(wish.price_to)}, address_with(request, price_to=None)))
    if wish.in_stock:
        chips.append((_("còn hàng"), address_with(request, stock=None)))
    return chips


def sort_choices(wish: Wish) -> list[tuple[str, str, bool]]:
    """(value, words, is chosen) of each order."""
    words = (
        (NEWEST, _("Mới bày")),
        (MOST_STARS, _("Nhiều sao trước")),
        (CHEAPEST, _("Giá thấp trước")),
        (DEAREST, _("Giá cao trước")),
        (BY_NAME, _("Theo tên")),
    )
    return [(value, text, value == wish.sort) for value, text in words]


def products_counted(count: int) -> str:
    """ "1 sản phẩm", "24 sản phẩm"."""
    return ngettext("%(count)s sản phẩm", "%(count)s sản phẩm", count) % {"count": count}
