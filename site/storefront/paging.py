"""Pages of a long list: which one was asked for, and the addresses of its neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

NEIGHBOURS = 2
MOST_PAGES = 1_000_000


def page_asked_for(request, pages: int = MOST_PAGES) -> int:
    """The page in the address, moved to the nearest that exists; the first for anything that is no number."""
    typed = request.GET.get("page", "")
    if not (typed.isascii() and typed.isdigit()):
        return 1
    return max(1, min(int(typed[:10]), pages))


def address_with(request, path: str = "", **changes) -> str:
    """This page's address with other parameters, or another path with these; None takes one out.

    A new wish starts at the first page.
    """
    parameters = request.GET.copy()
    for name, value in ({"page": None} | changes).items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    for name in [name for name in parameters if not any(parameters.getlist(name))]:
        del parameters[name]
    query = parameters.urlencode()
    return f"{path or request.path}?{query}" if query else path or request.path


def address_with_values(request, values: dict[str, Iterable], *, path: str) -> str:
    """The address of a list from its first page on, in which these parameters have these values instead of theirs."""
    parameters = {name: texts for name, texts in request.GET.lists() if name != "page"}
    parameters |= {name: map(str, kept) for name, kept in values.items() if name in parameters}
    pairs = [(name, text) for name, texts in parameters.items() for text in texts if text]
    return f"{path}?{urlencode(pairs)}" if pairs else path


@dataclass(frozen=True)
class Paging:
    """`total` things, `size` a page; `number` is the page shown."""

    request: object
    total: int
    size: int

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.size))

    @cached_property
    def number(self) -> int:
        return page_asked_for(self.request, self.count)

    @property
    def slice(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)

    def address(self, number: int) -> str:
        return address_with(self.request, page=str(number) if number > 1 else None)

    @property
    def previous(self) -> str | None:
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        return self.address(self.number + 1) if self.number < self.count else None

    @property
    def links(self) -> list[tuple[int | None, str | None]]:
        """Pairs of number and address: the page itself without address, a gap without number."""
        near = range(self.number - NEIGHBOURS, self.number + NEIGHBOURS + 1)
        shown = sorted({1, self.count, *(number for number in near if 1 <= number <= self.count)})
        links, before = [], 0
        for number in shown:
            if number > before + 1:
                links.append((None, None))
            links.append((number, None if number == self.number else self.address(number)))
            before = number
        return links
