"""What is measured: pages as a stranger's browser asks for them, and the whole way from a product to its purchase."""

import os
import re
from collections.abc import Callable
from itertools import zip_longest
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django  # noqa: E402 - the settings must be named first

django.setup()

from django.db.models import Count, F, QuerySet  # noqa: E402 - Django must be set up first
from django.urls import reverse  # noqa: E402 - Django must be set up first

from bench.served import Served  # noqa: E402 - Django must be set up first
from discovery.models import Entry  # noqa: E402 - Django must be set up first
from shop.models import Purchase  # noqa: E402 - Django must be set up first
from shop.workflow import cancel  # noqa: E402 - Django must be set up first

CSRF = "bench" * 6 + "ab"  # any 32 signs: the cookie and the form must say the same
LINES, PRODUCERS = 10, 3


class Act:
    """Something a visitor does; `weight` says how many pages it takes."""

    def __init__(self, server: Served, steps: Callable, weight: int = 1):
        self.server, self.steps, self.weight = server, steps, weight

    def __call__(self) -> None:
        self.steps(Visitor(self.server))

    def count_queries(self) -> int:
        self()  # what is asked once in a process's life does not count
        visitor = Visitor(self.server, counts=True)
        self.steps(visitor)
        return visitor.queries


class Visitor:
    """Keeps cookies, sends forms, and raises where an answer is not the expected one."""

    def __init__(self, server: Served, counts: bool = False):
        self.server, self.counts, self.queries = server, counts, 0
        self.cookies = {"csrftoken": CSRF}

    def get(self, path: str, status: int = 200) -> str:
        return self.send("GET", path, None, status)[1]

    def post(self, path: str, status: int = 302, **form) -> tuple[str, str]:
        """The address it leads to, and its text."""
        return self.send("POST", path, urlencode({**form, "csrfmiddlewaretoken": CSRF}), status)

    def send(self, method: str, path: str, body: str | None, status: int) -> tuple[str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.counts:
            headers["X-Count-Queries"] = "1"
        response, text = self.server.send(method, path, body, headers)
        if response.status != status:
            raise SystemExit(f"{method} {path} answered {response.status}, not {status}")
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.queries += int(response.headers.get("X-Queries", 0))
        return response.headers.get("Location", ""), text


def acts_on(server: Served) -> dict[str, Act]:
    """All that is measured on this database, by name."""
    entries = ten_lines(sold())
    first = entries[0]
    group = reverse("product_group", args=[first.group.slug])
    product = reverse("product", args=[first.slug])
    full = Visitor(server)
    for entry in entries:
        full.post(reverse("basket_add"), variant=entry.variant_id)

    def purchase(visitor: Visitor) -> None:
        visitor.get(product)
        basket = visitor.post(reverse("basket_add"), variant=first.variant_id)[0]
        visitor.get(basket)
        checkout = reverse("checkout")
        visitor.get(checkout)
        form = {
            "name": "Người mua mẫu",
            "phone": "0912 345 678",
            "commune": first.area.full_name,
            "commune_code": first.area.code,
            "street": "Bản 1",
            "method": "transfer",
            "consent_terms": "on",
            "consent_privacy": "on",
        }
        page = visitor.post(checkout, 200, **form)[1]
        preview = re.search(r'name="preview" value="([^"]+)"', page)[1]
        bought = visitor.post(checkout, 302, **form, preview=preview)[0]
        visitor.get(bought)
        # Given back from here, where nothing is counted: the next one must find the shelf as this one did.
        cancel(Purchase.objects.get(key=bought.strip("/").rpartition("/")[2]), reason="measured")

    def basket(visitor: Visitor) -> None:
        visitor.cookies |= full.cookies
        visitor.get(reverse("basket"))

    def filtered(visitor: Visitor) -> None:
        visitor.get(f"{group}?stars=3&stars=4&stock=1&sort=stars")

    return {
        "home": Act(server, lambda visitor: visitor.get(reverse("home"))),
        "list": Act(server, lambda visitor: visitor.get(reverse("products"))),
        "group, filtered and sorted": Act(server, filtered),
        "product": Act(server, lambda visitor: visitor.get(product)),
        "basket of ten lines": Act(server, basket),
        "add to basket": Act(server, lambda visitor: visitor.post(reverse("basket_add"), variant=first.variant_id)),
        "a whole guest purchase": Act(server, purchase, weight=5),
    }


def sold() -> QuerySet[Entry]:
    """What can be bought now."""
    left = F("variant__product__stockrecords__num_in_stock") - F("variant__product__stockrecords__num_allocated")
    return Entry.objects.open_to_all().filter(in_stock=True, is_sold_here=True).alias(left=left).filter(left__gt=0)


def product_address() -> str:
    """The page of a product that has stars, stock and neighbours, as most have."""
    return reverse("product", args=[ten_lines(sold())[0].slug])


def ten_lines(sold) -> list[Entry]:
    """Ten things of three producers, as a basket holds them."""
    makers = sold.values("producer").annotate(count=Count("pk")).order_by("-count", "producer")[:PRODUCERS]
    rows = sold.select_related("group", "area").order_by("-listed_at", "pk")
    in_turn = zip_longest(*(rows.filter(producer=maker["producer"])[:LINES] for maker in makers))
    found = [entry for turn in in_turn for entry in turn if entry]
    if len(found) < LINES:
        raise SystemExit(f"fewer than {LINES} products of {PRODUCERS} producers are for sale here")
    return found[:LINES]
