"""One small world in which every address has something to show, and a person for every role."""

import hashlib
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override
from wagtail.documents.models import Document

from accounts.roles import VISITOR, roles_of
from factories import make_member, make_producer, make_product, make_purchase, make_recognition, make_user, show
from shop.transfers import record_transfer
from shop.workflow import cancel
from showcase.booths import ask
from showcase.loading import load_pages
from showcase.models import StoryIndexPage
from showcase.registrations import register
from showcase.tests.fairs import key_of, make_fair, wish
from storefront.help_pages import HELP_PAGES

WORK = "/cms/"  # Wagtail's admin goes by prefix
CMS_ADDRESSES = (
    "/cms/",
    "/cms/login/",
    "/cms/pages/",
    "/cms/images/",
    "/cms/images/add/",
    "/cms/account/",
    "/cms/users/",
    "/cms/users/new/",
    "/cms/groups/",
    "/cms/groups/new/",
    "/cms/workflows/list/",
    "/cms/workflows/add/",
    "/cms/workflows/edit/1/",
    "/cms/workflows/tasks/edit/1/",
    "/cms/collections/",
    "/cms/sites/",
    "/cms/locales/",
    "/cms/redirects/",
    "/cms/localize/update/1/",
    "/cms/localize/page/1/convert_to_alias/",
    "/cms/documents/",
    "/cms/huong-dan-bien-tap/",
    "/cms/lien-he/",
    "/cms/hoi-cho/dang-ky/",
    "/cms/hoi-cho/dang-ky/1/",
    "/cms/hoi-cho/gian-hang/",
    "/cms/hoi-cho/gian-hang/1/",
    "/cms/reports/site-history/",
    "/cms/password_reset/",
    "/cms/users/delete/1/",
    "/cms/bulk/accounts/user/delete/",
)


@dataclass(frozen=True)
class Address:
    """One address with things in it; `name` is the URL pattern's, the path itself for Wagtail's admin."""

    name: str
    path: str


@dataclass
class World:
    people: dict
    examples: dict = field(default_factory=dict)  # name → the lists of arguments that reverse() takes

    def client(self, who: str, **more) -> Client:
        client = Client(raise_request_exception=False, **more)
        if self.people[who] is not None:
            client.force_login(self.people[who], "accounts.login.EmailOrPhoneBackend")
        return client

    def roles(self, who: str) -> frozenset:
        person = self.people[who]
        if person is None:
            return frozenset({VISITOR})
        person.__dict__.pop("_roles", None)
        return roles_of(person)

    def addresses(self) -> list[Address]:
        """Every address of the map, in both languages, with each thing that it can show."""
        found = {}
        for language in ("vi", "en"):
            with override(language):
                for name in sorted(names_of_addresses()):
                    for arguments in self.arguments(name, language):
                        found[reverse(name, args=arguments)] = name
        return [Address(name, path) for path, name in found.items()] + [Address(path, path) for path in CMS_ADDRESSES]

    def arguments(self, name: str, language: str) -> list[tuple]:
        examples = self.examples.get(name, [()])
        return examples[language] if isinstance(examples, dict) else examples


PEOPLE = (
    "visitor",
    "buyer",
    "member of A",
    "member of B",
    "editor",
    "chief editor",
    "translator",
    "shop manager",
    "provincial officer",
    "administrator",
)


def build_world() -> World:
    load_pages()
    one, other = make_producer(name="Hợp tác xã A"), make_producer(name="Hợp tác xã B")
    tea, rice, wine = make_product(one), make_product(other), make_product(other, set_number=14)
    recognition = make_recognition(tea)
    show(tea, rice, wine)
    people = {
        "visitor": None,
        "buyer": make_user(name="Người mua"),
        "member of A": make_member(one),
        "member of B": make_member(other),
        "editor": make_user("editor"),
        "chief editor": make_user("chief_editor"),
        "translator": make_user("translator"),
        "shop manager": make_user("shop_manager"),
        "provincial officer": make_user("provincial_officer"),
        "administrator": make_user("administrator"),
    }
    own = make_purchase(tea, method="transfer", user=people["buyer"])
    anothers = make_purchase((rice, 2), user=make_user(), name="Kanari Chim Vàng", street="Ngõ Kanari 7")
    paid_too_little = make_purchase(tea, method="transfer")
    transfer = record_transfer(paid_too_little, amount=1, reference="FT1", by=people["shop manager"])
    paid = make_purchase(tea, method="transfer")
    record_transfer(paid, amount=paid.total, reference="FT2", by=people["shop manager"])
    cancel(paid, by=people["shop manager"], reason="Hết hàng")
    fair = make_fair(booth_places=9)
    make_fair("en", twin=fair)
    comes = register(key_of(fair), wish(name="Kanari Chim Vàng"))
    asker = {name: getattr(wish(2), name) for name in ("name", "phone", "email", "language", "consent", "form_key")}
    ask(fair, other, note="", **asker)
    document = Document.objects.create(title="Mẫu", file=ContentFile(b"%PDF-1.4", "mau.pdf"))
    keys, codes = [(own.key,), (anothers.key,)], [(own.code,), (anothers.code,)]
    examples = {
        "product": [(tea.slug,), (rice.slug,), (wine.slug,)],
        "product_group": [(tea.listing.product_set.group.slug,)],
        "producer": [(one.slug,), (other.slug,)],
        "commune": [(one.area.slug,)],
        "check_code": [(recognition.check_code,), ("AAAAAAAAAA",)],
        "help_page": {language: [(page.slug(language),) for page in HELP_PAGES] for language in ("vi", "en")},
        "purchase": keys,
        "purchase_cancel": keys,
        "activity": [(key_of(fair),)],
        "registration": [(comes.key,)],
        "registration_cancel": [(comes.key,)],
        "booth_request": [(fair.translation_key,)],
        "manage_purchase": codes,
        "manage_purchase_cancel": codes,
        "manage_transfer_received": codes,
        "manage_transfer_settle": [(transfer.pk,)],
        "manage_parcel": [(anothers.parcels.get().pk,)],
        "manage_refund": [(paid.refunds.get().pk,)],
        "share_card": [("vi", "product", tea.slug, "0")],
        "media": [(default_storage.save("pictures/mau.txt", ContentFile(b"x")),)],
        "wagtail_serve": {"vi": [("cau-chuyen/",)], "en": [("stories/",)]},
        "untranslated": [(StoryIndexPage.objects.first().pk,)],
        "wagtaildocs_serve": [(document.pk, document.filename)],
        "wagtaildocs_authenticate_with_password": [(1,)],
        "wagtailcore_authenticate_with_password": [(1, 1)],
    }
    return World(people, examples)


def names_of_addresses() -> set[str]:
    """The names of all URL patterns but those of Wagtail's admin; a pattern without a name counts by its route."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and not route.startswith(WORK.lstrip("/")):
            yield pattern.name or route


def rows_of_tables(only=lambda table: True) -> dict[str, tuple]:
    """For each table how many rows it has, and a digest of all that is in them."""
    state = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if only(table):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = sorted(repr(row) for row in cursor.fetchall())
                state[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return state


def changed_tables(before: dict, after: dict) -> list[str]:
    return sorted(table for table in before if before[table] != after.get(table))
