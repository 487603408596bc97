"""One table: every address of the site and who may use it. An address that is not here is refused.

The names are those of the URL patterns, in both languages at once. Whether a thing belongs to the person asking is
the view's business: there it is a 404. Wagtail's admin goes by prefix; its own permissions apply inside.
"""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import resolve_url

from accounts.roles import (
    ADMINISTRATOR,
    CHIEF_EDITOR,
    EDITOR,
    EVERYONE,
    LOGGED_IN,
    NOBODY,
    ORGANISERS,
    SHOP_MANAGER,
    TRANSLATOR,
    roles_of,
)

SHOP = frozenset({SHOP_MANAGER, ADMINISTRATOR})
CMS = frozenset({EDITOR, CHIEF_EDITOR, TRANSLATOR, ADMINISTRATOR})
PUBLISHERS = frozenset({CHIEF_EDITOR, ADMINISTRATOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})

ALLOWED = {
    # the public pages
    "home": EVERYONE,
    "products": EVERYONE,
    "product": EVERYONE,
    "product_group": EVERYONE,
    "alcohol": EVERYONE,
    "alcohol_age": EVERYONE,
    "producers": EVERYONE,
    "producer": EVERYONE,
    "commune": EVERYONE,
    "map": EVERYONE,
    "search": EVERYONE,
    "suggestions": EVERYONE,
    "search_click": EVERYONE,
    "check": EVERYONE,
    "check_code": EVERYONE,
    "help": EVERYONE,
    "help_page": EVERYONE,
    # the basket and what follows
    "basket": EVERYONE,
    "basket_add": EVERYONE,
    "basket_change": EVERYONE,
    "checkout": EVERYONE,
    "communes_named": EVERYONE,
    "delivery_quote": EVERYONE,
    "find_purchase": EVERYONE,
    "purchase": EVERYONE,
    "purchase_cancel": EVERYONE,
    # who comes to a fair
    "activity": EVERYONE,
    "registration": EVERYONE,
    "registration_cancel": EVERYONE,
    "booth_request": EVERYONE,
    # people
    "login": EVERYONE,
    "logout": LOGGED_IN,
    "account": LOGGED_IN,
    "account_password": LOGGED_IN,
    # the shop managers' dashboard
    "manage": SHOP,
    "manage_delivery": SHOP,
    "manage_transfers": SHOP,
    "manage_transfer_received": SHOP,
    "manage_transfer_settle": SHOP,
    "manage_purchases": SHOP,
    "manage_purchase": SHOP,
    "manage_purchase_cancel": SHOP,
    "manage_parcel": SHOP,
    "manage_refunds": SHOP,
    "manage_refund": SHOP,
    # files, health
    "media": EVERYONE,
    "share_card": EVERYONE,
    "health": EVERYONE,
    "robots": EVERYONE,
    "sitemap": EVERYONE,
    "stories_feed": EVERYONE,
    "news_feed": EVERYONE,
    # Wagtail's pages and documents; its own doors stay shut: no limit guards them
    "wagtail_serve": EVERYONE,
    "untranslated": EVERYONE,
    "wagtaildocs_serve": EVERYONE,
    "wagtaildocs_authenticate_with_password": NOBODY,
    "wagtailcore_authenticate_with_password": NOBODY,
    "wagtailcore_login": NOBODY,
}
PREFIXES = {  # the first that fits
    "/cms/login/": EVERYONE,  # leads to ours
    "/cms/password_reset/": NOBODY,
    "/cms/users/delete/": NOBODY,  # people are made inactive: decisions and purchases name them
    "/cms/bulk/accounts/user/": NOBODY,
    "/cms/users/": ADMINISTRATORS,  # who may add or change a user can become anyone
    "/cms/groups/": ADMINISTRATORS,
    # how the site and the work on pages are arranged
    "/cms/workflows/": ADMINISTRATORS,
    "/cms/collections/": ADMINISTRATORS,
    "/cms/sites/": ADMINISTRATORS,
    "/cms/locales/": ADMINISTRATORS,
    "/cms/redirects/": ADMINISTRATORS,
    # what publishes a page in another language without asking whether one may publish
    "/cms/localize/update/": PUBLISHERS,
    "/cms/localize/page/": PUBLISHERS,
    "/cms/lien-he/": PUBLISHERS,  # what visitors wrote, with their addresses
    "/cms/hoi-cho/": ORGANISERS,  # lists of people
    "/cms/": CMS,
}


def allowed_roles(match, path: str) -> frozenset:
    """The roles that may use an address; none when the table does not name it."""
    for prefix, roles in PREFIXES.items():
        if path.startswith(prefix):
            return roles
    return ALLOWED.get(match.url_name, frozenset())


def may_enter(request) -> bool:
    """Wagtail asks once more, by its own permission, and would send whom it refuses round in circles."""
    return not request.path_info.startswith("/cms/") or request.user.has_perm("wagtailadmin.access_admin")


class AccessMiddleware:
    """Refuses what the table does not allow, before the view runs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "\x00" in request.path_info:  # no key and no slug holds it, and PostgreSQL refuses to compare it with them
            raise Http404
        roles = allowed_roles(request.resolver_match, request.path_info)
        if roles == EVERYONE:  # most pages: nothing is asked of the database
            return None
        if roles & roles_of(request.user) and may_enter(request):
            return None
        if not request.user.is_authenticated and roles:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        raise PermissionDenied
