"""What pages tell machines in schema.org's words: whole addresses, pictures, the way to a page, the site itself."""

import json
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from outbox.wording import is_english, unmarked

CONTEXT = "https://schema.org"
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def whole(address: str) -> str:
    """An address with the site's own host before it, where it has none."""
    return urljoin(f"{settings.SITE_URL}/", address)


def largest_jpeg(files: dict | None) -> tuple[int, int, str] | None:
    """Width, height (pixels) and address of a picture's largest file that every reader knows (Picture.files)."""
    rows = (files or {}).get("jpeg")
    return tuple(rows[-1]) if rows else None


def image_of(files: dict | None) -> list[str]:
    """The whole address of a picture's largest file, as schema.org's `image`; empty without one."""
    file = largest_jpeg(files)
    return [whole(file[2])] if file else []


def way_to(*steps: tuple[str, str]) -> dict:
    """A BreadcrumbList of (name, address), from the home page to the page itself."""
    home = (str(settings.PROGRAMME_NAME), reverse("home"))
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": unmarked(name), "item": whole(address)}
            for position, (name, address) in enumerate((home, *steps), 1)
        ],
    }


def programme() -> dict:
    """Who publishes the site: its operator where one is named, or the programme."""
    return {
        "@type": "Organization",
        "name": settings.OPERATOR["name"] or str(settings.PROGRAMME_NAME),
        "url": whole("/"),
    }


def site() -> list[dict]:
    """The site and who stands behind it, for the home page."""
    name, language = str(settings.PROGRAMME_NAME), "en" if is_english() else "vi"
    website = {"@type": "WebSite", "name": name, "url": whole(reverse("home")), "inLanguage": language}
    operator = programme() | {"logo": whole(static("img/logo.svg"))}
    return [{"@context": CONTEXT, **each} for each in (website, operator)]


def known(data: dict) -> dict:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def data_blocks(*data: dict) -> SafeString:
    """Data for a page's head, each in a block of its own, in which nothing can end the block or begin another."""
    return mark_safe("\n".join(f'<script type="application/ld+json">{as_json(each)}</script>' for each in data))


def as_json(data: dict) -> SafeString:
    return mark_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES))
