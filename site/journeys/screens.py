"""Every screen that a person can meet, in one language, on the built-in data: where it is and how one gets there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page

from accounts.models import User
from catalogue.models import Listing, Product
from factories import make_basket, make_user
from journeys import fairs
from journeys.unlinked import ERRORS, lead_purchases_through_everything
from programme.models import Recognition
from programme.standing import STATE_NAMES, standing_of
from shop.models import Purchase
from showcase.models import (
    ContactPage,
    FairIndexPage,
    FeatureIndexPage,
    GuideIndexPage,
    NewsIndexPage,
    StoryIndexPage,
    StoryPage,
    VillageIndexPage,
)
from storefront.age import AGE_COOKIE
from storefront.help_pages import HELP_PAGES
from storefront.views.errors import error_page

SPIRIT, TOURISM, SOLD_OUT = "ruou-ngo-men-la-mau", "du-lich-cong-dong-ban-si-thau-chai", "mat-ong-pha-mu"


@dataclass(frozen=True)
class Screen:
    name: str
    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    act: Callable[[Page], None] | None = None  # what is done there until the screen shows
    html: str = ""  # what the server would answer, where it cannot be brought to it
    is_wide: bool = False  # also looked at on a large screen

    def open(self, page: Page, server: str) -> None:
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": name, "value": value, "url": server} for name, value in self.cookies.items()]
        )
        if self.html:
            page.route(server + self.path, lambda route: route.fulfill(body=self.html, content_type="text/html"))
        page.goto(server + self.path)
        if self.act:
            self.act(page)


def screens(language: str) -> list[Screen]:
    with translation.override(language):
        return [each for kind in (public, of_buying, of_fairs, of_people, of_errors) for each in kind(language)]


def submit(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).click()


# --- What the public reads ------------------------------------------------------------------------------------------


def public(language: str) -> list[Screen]:
    to_products, to_search, to_check = reverse("products"), reverse("search"), reverse("check")
    producer = Listing.objects.get(product__slug=SOLD_OUT).producer
    index, story = (
        model.objects.live().filter(locale__language_code=language) for model in (StoryIndexPage, StoryPage)
    )
    return [
        Screen("home", reverse("home"), is_wide=True),
        Screen("list", to_products, is_wide=True),
        Screen("list, second page", f"{to_products}?page=2"),
        Screen("list, narrowed", f"{to_products}?stars=4&stars=3"),
        Screen("list, nothing", f"{to_products}?stars=5&commune=mu-ca"),
        Screen("group", reverse("product_group", args=[group_of("tra-sencha")])),
        *products_by_standing(),
        Screen("product, tourism", reverse("product", args=[TOURISM])),
        Screen("product, sold out", reverse("product", args=[SOLD_OUT])),
        Screen("alcohol question", reverse("alcohol_age")),
        Screen("alcohol", reverse("alcohol"), {AGE_COOKIE: "1"}),
        Screen("product, alcohol", reverse("product", args=[SPIRIT]), {AGE_COOKIE: "1"}),
        Screen("producers", reverse("producers")),
        Screen("producer", reverse("producer", args=[producer.slug])),
        Screen("commune", reverse("commune", args=["muong-than"])),
        Screen("map", reverse("map"), is_wide=True),
        Screen("map, narrowed", f"{reverse('map')}?stars=4&maker=cooperative"),
        Screen("map, nothing", f"{reverse('map')}?stars=5&commune=mu-ca"),
        Screen("search, hits", f"{to_search}?q=tra"),
        Screen("search, an old commune", f"{to_search}?q=phuc+than"),
        Screen("search, none", f"{to_search}?q=zzzqqq"),
        Screen("check", to_check),
        Screen("check, not found", f"{to_check}?ma=zzz"),
        *checks(),
        Screen("check, unknown", reverse("check_code", args=["ABCDEFGHJK"])),
        Screen("stories", path_of(index.get())),
        Screen("story", path_of(story.order_by("pk").first())),
        Screen("story on stars", path_of(story.order_by("pk").last())),
        *pages_of_editors(language),
        Screen("help", reverse("help")),
        *(Screen(f"help, {page.name}", page.address) for page in HELP_PAGES),
    ]


def pages_of_editors(language: str) -> list[Screen]:
    """The contact page, the index of each further kind of pages, and its first page if it has one."""
    contact = path_of(ContactPage.objects.get(locale__language_code=language))
    screens = [
        Screen("contact", contact, is_wide=True),
        Screen("contact, errors", contact, act=lambda page: submit(page, "main form.form button")),
        Screen("contact, sent", f"{contact}?da-gui=1"),
    ]
    for model in (FeatureIndexPage, NewsIndexPage, FairIndexPage, VillageIndexPage, GuideIndexPage):
        index = model.objects.get(locale__language_code=language)
        screens.append(Screen(f"{model.__name__}, index", path_of(index)))
        first = model.lists.listed(index).first()
        if first:
            screens.append(Screen(f"{model.__name__}, a page", path_of(first)))
    return screens


def path_of(page) -> str:
    return urlsplit(page.get_full_url()).path


def group_of(slug: str) -> str:
    return Listing.objects.get(product__slug=slug).product_set.group.slug


def products_by_standing() -> list[Screen]:
    """A product's page for each state that stars can be in."""
    found = {}
    sold_freely = Listing.objects.exclude(product_set__in=(14, 15, 26)).order_by("pk")
    for product in Product.objects.filter(listing__in=sold_freely).order_by("listing__pk"):
        found.setdefault(standing_of(product).state, product)
    assert set(found) >= set(STATE_NAMES) - {"none"}, f"the built-in data has only {sorted(found)}"
    return [
        Screen(f"product, {state}", reverse("product", args=[product.slug]), is_wide=state == "in_force")
        for state, product in found.items()
    ]


def checks() -> list[Screen]:
    found, today = {}, timezone.localdate()
    for recognition in Recognition.objects.select_related("product").order_by("pk"):
        standing = standing_of(recognition.product, today)
        if standing.recognition == recognition:
            found.setdefault(standing.state, recognition)
    return [
        Screen(f"check, {state}", reverse("check_code", args=[recognition.check_code]))
        for state, recognition in found.items()
    ]


# --- What buyers see ------------------------------------------------------------------------------------------------


def of_buying(language: str) -> list[Screen]:
    tea, rice = (Product.objects.get(slug=slug) for slug in ("tra-sencha", "gao-seng-cu-than-uyen"))
    basket = {"basket": make_basket((tea, 2), rice).browser_key.key}
    with_spirit = {"basket": make_basket(tea, Product.objects.get(slug=SPIRIT)).browser_key.key}
    to_checkout = reverse("checkout")

    def ask_for_choices(page):
        page.locator("#id_commune").fill("Mường Than")
        submit(page, "#summary button")

    def see_total(page):
        page.locator("#id_commune").fill("Phúc Than")
        page.locator("#id_street").fill("1")
        page.locator("#summary .sums__total").wait_for()

    def add(page):
        submit(page, "form.buy button")

    def miss(page):
        page.locator("#code").fill("AAAAA-AAAAA")
        page.locator("#phone").fill("0912345678")
        submit(page, "main form button")

    return [
        Screen("basket, empty", reverse("basket")),
        Screen("basket", reverse("basket"), basket),
        Screen("basket, just added", reverse("product", args=["tra-sencha"]), act=add),
        Screen("checkout", to_checkout, basket),
        Screen("checkout, errors", to_checkout, basket, lambda page: submit(page, "#summary button")),
        Screen("checkout, choices", to_checkout, basket, ask_for_choices),
        Screen("checkout, total", to_checkout, basket, see_total),
        Screen("checkout, alcohol", to_checkout, with_spirit),
        *(
            Screen(f"purchase, {purchase.state}", reverse("purchase", args=[purchase.key]))
            for purchase in newest_states(lead_purchases_through_everything(language))
        ),
        Screen("find a purchase", reverse("find_purchase")),
        Screen("find a purchase, none", reverse("find_purchase"), act=miss),
    ]


def newest_states(purchases: list[Purchase]) -> list[Purchase]:
    return Purchase.objects.filter(pk__in=[purchase.pk for purchase in purchases]).order_by("pk")


# --- Who comes to a fair --------------------------------------------------------------------------------------------


def of_fairs(language: str) -> list[Screen]:
    visitors = fairs.lead_fairs_through_everything(language, by=make_user("chief_editor", name="Kim"))
    around = fairs.addresses(language, visitors)
    first, second = fairs.built_in_fairs(language)

    def send_empty(page):
        submit(page, "main form button")

    def name_several(page):
        page.locator("#id_producer").fill("htx")
        submit(page, "main form button")

    return [
        Screen("fair, full and open", path_of(first), is_wide=True),
        Screen("fair, cancelled", path_of(second)),
        *(Screen(name, path) for name, path in around.items()),
        Screen("activity, errors", around["activity, open"], act=send_empty),
        Screen("booth, choices", around["booth"], act=name_several),
    ]


# --- People, and the shop managers' screens -------------------------------------------------------------------------


def session_of(person: User) -> dict[str, str]:
    client = Client()
    client.force_login(person, "accounts.login.EmailOrPhoneBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def of_people(language: str) -> list[Screen]:
    person = make_user(name="Người mẫu", language=language)
    Purchase.objects.filter(pk=Purchase.objects.filter(language=language).first().pk).update(user=person)
    own, manager = session_of(person), session_of(make_user("shop_manager", language=language))
    one, one_waiting = (
        Purchase.objects.filter(language=language, **more).first() for more in ({}, {"state": "waiting"})
    )

    def guess(page):
        page.locator("main input[name=name]").fill("ai-do@vidu.vn")
        page.locator("main input[name=password]").fill("sai sai sai sai")
        submit(page, "main form button")

    def send_empty(page):
        page.locator("main form[method=post] input[name=name]").fill("")
        page.locator("main form[method=post]").first.evaluate("form => { form.noValidate = true }")
        submit(page, "main form[method=post] button >> nth=0")

    names = ("manage", "manage_delivery", "manage_transfers", "manage_purchases", "manage_refunds")
    return [
        Screen("login", reverse("login")),
        Screen("login, error", reverse("login"), act=guess),
        Screen("account", reverse("account"), own),
        Screen("account, error", reverse("account"), own, send_empty),
        Screen("password", reverse("account_password"), own),
        *(Screen(name, reverse(name), manager) for name in names),
        Screen("manage, a purchase", reverse("manage_purchase", args=[one.code]), manager),
        Screen("manage, a waiting purchase", reverse("manage_purchase", args=[one_waiting.code]), manager),
        Screen("manage, a transfer", reverse("manage_transfer_received", args=[one_waiting.code]), manager),
    ]


# --- When something is wrong ----------------------------------------------------------------------------------------


def of_errors(language: str) -> list[Screen]:
    prefix = "/en" if language == "en" else ""
    found = [Screen("404", f"{prefix}/khong-co/")]
    for name in ERRORS:
        path = f"{prefix}/loi-{name}/"
        html = error_page(RequestFactory().get(path), name, 500).content.decode()
        found.append(Screen(f"error {name}", path, html=html))
    return found
