"""Nobody who works on pages meets English on any screen of the CMS to which links, forms and windows lead."""

import re
from collections import Counter, deque
from html import unescape
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page

from discovery.looked_for import add_counts
from discovery.models import PromotedThing, PromotedWord, Promotion
from journeys.admin_words import is_english, words_of
from pictures.models import Picture
from showcase.loading import load_pages
from showcase.models import StoryPage
from showcase.tests.test_page_types import INDEXES, write
from showcase.tests.working import SUBMIT, answer_review, change, client_of, new_story
from showcase.tests.writing import document_of, publish_story

pytestmark = pytest.mark.django_db
MOST_OF_A_KIND = 2  # addresses of one pattern that links lead to; with parameters one
# Nobody reads their answers as a screen; or they show a page as its readers see it (test_both_languages.py); or they
# are the same rows in another order.
LEFT_OUT = re.compile(
    r"/cms/(logout|sprite|jsi18n|editing-sessions)/|/(view_draft|preview|view)/|[?&](order|exp)[a-z]+="
)
EXCEPTIONS = {
    "English": "a language is called by its own name, as in the header of the site",
    "All Oscar Dashboard Permissions": "a group that Oscar makes, and in which nobody is",
    "Search": "a button of shared/header.html behind the field that says so in Vietnamese; only Enter presses it",
    "None": "stands in a counter that is hidden until a script has counted",
}
# Kinds of pages in the report on them, beside the Vietnamese name of each; and names of files.
NAME = re.compile(r"showcase\.[a-z]+|\S+\.(png|pdf)")
REACHED = """
    wagtailadmin_home wagtailadmin_explore wagtailadmin_account handbook wagtailadmin_pages:add wagtailadmin_pages:edit
    wagtailadmin_pages:history wagtailadmin_pages:revisions_compare wagtailadmin_pages:usage wagtailadmin_pages:search
    wagtailadmin_pages:workflow_history wagtailadmin_pages:copy wagtailadmin_pages:move wagtailadmin_pages:delete
    wagtailadmin_choose_page wagtailadmin_reports:site_history wagtailadmin_reports:locked_pages
    wagtailadmin_reports:workflow wagtailadmin_reports:workflow_tasks wagtailimages:index wagtailimages:edit
    wagtailimages_chooser:choose wagtaildocs:index wagtaildocs:edit wagtaildocs_chooser:choose product_chooser:choose
    translations translate_page wagtail_bulk_action searches_report promotions:index promotions:add promotions:edit
""".split()

OF_ALL = "wagtailadmin_home wagtailadmin_explore wagtailadmin_account handbook wagtailadmin_pages:edit".split()


@pytest.fixture
def work(settings, tmp_path):
    """Something of all that people work on: drafts, reviews, translations, a lock, an hour, a picture, a paper."""
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()
    chief, editor, translator = client_of("chief_editor"), client_of("editor"), client_of("translator")
    pages = [write(kind) for kind in INDEXES]
    change(editor, pages[0], slug=pages[0].slug, title="Đang sửa", **SUBMIT)
    locked = publish_story(slug="khoa", title="Đang khóa")
    chief.post(f"/cms/pages/{locked.pk}/lock/")
    change(chief, locked, slug="khoa", title="Sửa", go_live_at="2030-01-01 10:00")
    english = Locale.objects.get(language_code="en")
    for page in pages:
        translator.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": [english.pk]})
    new_story(editor, "vi", slug="tra-lai", title="Bị trả lại", **SUBMIT)
    answer_review(chief, StoryPage.objects.get(draft_title="Bị trả lại"), "reject", "Thiếu nguồn")
    drawn = BytesIO()
    Image.new("RGB", (40, 30)).save(drawn, "PNG")
    Picture.objects.create(title="Chè", file=SimpleUploadedFile("che.png", drawn.getvalue()))
    document_of("quyet-dinh.pdf")
    add_counts([(timezone.localdate(), "vi", "mac ca", 3, 1, 1), (timezone.localdate(), "vi", "", 1, 1, 0)])
    promotion = Promotion.objects.create(starts_on=timezone.localdate())
    PromotedWord.objects.create(promotion=promotion, typed="mac ca", text="mắc ca")
    PromotedThing.objects.create(promotion=promotion, page=pages[0])


def first_addresses() -> list[str]:
    """Where the crawl begins: the first screen, a page of each kind and each under review or locked, and what only
    scripts lead to."""
    kinds = {page.content_type_id: page.pk for page in Page.objects.filter(depth__gt=1).order_by("pk")}
    busy = Page.objects.filter(Q(locked=True) | Q(draft_title__in=["Đang sửa", "Bị trả lại"])).values_list(
        "pk", flat=True
    )
    actions = [
        f"/cms/bulk/wagtailcore/page/{name}/?id={busy[0]}" for name in ("delete", "move", "publish", "unpublish")
    ]
    comparison = f"/cms/pages/{busy[0]}/revisions/compare/earliest...latest/"
    return ["/cms/", *(f"/cms/pages/{key}/edit/" for key in {*kinds.values(), *busy}), *actions, comparison]


def crawl(client):
    """Each address to which the first ones lead, with its answer and the name of its pattern."""
    waiting = deque(first_addresses())
    seen, count = set(waiting), Counter()
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        yield address, resolve(urlsplit(address).path).view_name, answer
        for found in addresses_in(answer):
            kind = kind_of(found)
            most = MOST_OF_A_KIND if kind and not kind[1] else 1
            if kind and found not in seen and not LEFT_OUT.search(found) and count[kind] < most:
                count[kind] += 1
                seen.add(found)
                waiting.append(found)


def addresses_in(answer) -> list[str]:
    """All addresses of the CMS in an answer: in links, forms, data for scripts."""
    if answer.status_code in (301, 302):
        return [answer["Location"]]
    if answer.streaming or not answer["Content-Type"].startswith(("text/html", "application/json")):
        return []
    text = unescape(answer.content.decode()).replace("\\u0026", "&")
    return [found.rstrip(".,;") for found in re.findall(r"/cms/[\w\-./%?=&;+:,]*", text)]


def kind_of(address: str) -> tuple | None:
    """The pattern of an address and the names of its parameters; None where it is not the CMS's."""
    parts = urlsplit(address)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return None
    names = frozenset(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return (route, names) if route.startswith("cms/") else None


def written_by_people() -> set[str]:
    """What is shown of pages as somebody wrote it, in the language of the page."""
    pages = Page.objects.specific()
    return {text for page in pages for text in (page.title, page.draft_title, getattr(page, "summary", ""))}


@pytest.mark.parametrize(("role", "least"), [("chief_editor", REACHED), ("editor", OF_ALL), ("translator", OF_ALL)])
def test_no_screen_of_the_cms_says_anything_in_english(work, role, least):
    written, faults, reached = written_by_people(), {}, set()

    for address, name, answer in crawl(client_of(role)):
        assert answer.status_code < 500, address
        if answer.status_code == 200 and not answer.streaming:
            reached.add(name)
            for text in words_of(answer) - written - set(EXCEPTIONS):
                if is_english(text) and not NAME.fullmatch(text):
                    faults.setdefault(text, address)

    assert faults == {}
    assert set(least) - reached == set()


@pytest.mark.parametrize(
    "text", ["Actions", "Add a page", "6 translations", "Source locale", "This field is required."]
)
def test_the_rule_hears_english(text):
    assert is_english(text)


@pytest.mark.parametrize("text", ["Trang chủ", "Gian", "quy trinh nghieng", "Slug", "PDF", "100 ₫", "Tin", "Ai xem"])
def test_the_rule_lets_vietnamese_pass(text):
    assert not is_english(text)
