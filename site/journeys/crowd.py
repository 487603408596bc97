"""Many people at once, for tests of races: browsers over HTTP, functions in threads, and buyers ready to send."""

import http.client
import secrets
import string
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from django.db import connection, connections
from oscar.apps.basket.models import Basket, Line

from config.pristine import end_our_sessions
from factories import preview_of, stock_of, variant_of
from shop.codes import new_key
from shop.models import BasketKey
from shop.placing import Buyer

PATIENCE = 120  # seconds; a test that waits longer hangs
_SIGNS = string.ascii_letters + string.digits


def all_at_once(acts: Iterable[Callable]) -> list:
    """Call each function in a thread of its own, all from one moment on; their answers or exceptions, in order."""
    acts = list(acts)
    answers, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(place: int, act: Callable) -> None:
        try:
            start.wait(PATIENCE)
            answers[place] = act()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "some never came back"
    return answers


def outcomes(answers: Iterable) -> Counter:
    """How often each kind of answer came: the class of an exception, or "done"."""
    return Counter(type(answer).__name__ if isinstance(answer, Exception) else "done" for answer in answers)


def deadlocks() -> int:
    """How often PostgreSQL has had to break a ring in this database.

    A session tells what it has counted when it ends at the latest, so all others are ended first.
    """
    with connection.cursor() as cursor:
        end_our_sessions(cursor, connection.settings_dict["NAME"])
        for _ in range(100):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
            )
            if cursor.fetchone() == (1,):
                break
            time.sleep(0.05)
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Browser:
    """One person's browser on a server's address: keeps cookies, sends the form's token and its own origin."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.cookies.setdefault("csrftoken", "".join(secrets.choice(_SIGNS) for _ in range(32)))

    def get(self, path: str) -> Answer:
        return self.send("GET", path, None)

    def post(self, path: str, form: dict) -> Answer:
        return self.send("POST", path, urlencode({**form, "csrfmiddlewaretoken": self.cookies["csrftoken"]}))

    def send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address}
        with closing(http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)) as line:
            line.request(method, path, body, headers)
            response = line.getresponse()
            text = response.read().decode()
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        return Answer(response.status, response.headers.get("Location", ""), text)


@dataclass(frozen=True)
class ReadyBuyer:
    """Somebody who has seen the total and only has to send: a basket, its key in the browser, the signed preview."""

    basket: Basket
    key: str
    preview: str


def ready_buyers(baskets: Iterable[list], buyer: Buyer) -> list[ReadyBuyer]:
    """For each list of products a buyer with one piece of each; written in a few statements, as they may be many."""
    baskets = list(baskets)
    products = {product.pk: product for chosen in baskets for product in chosen}
    sizes = {pk: (variant_of(product), stock_of(product)) for pk, product in products.items()}
    rows = Basket.objects.bulk_create(Basket() for _ in baskets)
    keys = BasketKey.objects.bulk_create(BasketKey(key=new_key(), basket=row) for row in rows)
    Line.objects.bulk_create(
        Line(
            basket=row,
            product=variant.product,
            stockrecord=stock,
            line_reference=f"v{variant.pk}",
            quantity=1,
            price_currency="VND",
            price_incl_tax=stock.price,
            price_excl_tax=stock.price,
        )
        for row, chosen in zip(rows, baskets, strict=True)
        for variant, stock in (sizes[product.pk] for product in chosen)
    )
    return [ReadyBuyer(row, key.key, preview_of(row, buyer)) for row, key in zip(rows, keys, strict=True)]
