"""What a reader meets on a page: every text with its language, links, addresses; and a walk from link to link."""

import re
import unicodedata
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings

VOID = set("area base br col embed hr img input link meta source track wbr".split())
SAID_BY_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "aria-description", "aria-roledescription", "label")
SAID_BY_META = ("description", "og:title", "og:description", "twitter:title", "twitter:description")
SILENT = {"script", "style", "template"}

VIETNAMESE_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"  # grave to dot below, circumflex, breve, horn
# Words that no Vietnamese sentence holds; "to", "in", "an", "can", "so", "the" are left out: they are syllables there.
ENGLISH = set(
    """about account add after again all already and any are available back basket because been before below best
    between box buy buyer by cancel change check choose code come contact could days delivery delivered each
    empty enter every find first for found from give good has have here home how if is it item items know
    language last list log made make maker more most must name need new next not number of off on one only open
    or order other our out page password pay payment people phone place please price produce producer producers
    product products read remove required results search see sell send ship should show sign since stars still
    stock story that their them then there these they this time today total until use used valid value very was
    we were what when where which who will with without words you your""".split()
)


@dataclass(frozen=True)
class Said:
    """A text as a reader meets it: visible, or read aloud."""

    text: str
    language: str
    place: str  # "h1", "img alt"


@dataclass
class Page:
    address: str
    html: str
    status: int = 200
    language: str = ""
    said: list[Said] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # addresses of <a>, whole
    ways_over: list[str] = field(default_factory=list)  # those of them that are marked with another language
    files: list[str] = field(default_factory=list)  # addresses that the browser fetches by itself
    alternates: dict[str, str] = field(default_factory=dict)  # language → address
    ids: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)  # "h1", "h2", …
    title: str = ""
    inline: list[str] = field(default_factory=list)  # styles, scripts and handlers in the page itself

    def foreign(self, language: str) -> list[Said]:
        """What is said in the page's language but is not of it: `language` is the page's."""
        is_foreign = is_vietnamese if language == "en" else is_english_sentence
        other = "vi" if language == "en" else "en"
        return [said for said in self.said if said.language != other and is_foreign(said.text)]


def is_vietnamese(text: str) -> bool:
    letters = unicodedata.normalize("NFD", text)
    return any(sign in VIETNAMESE_MARKS or sign in "đĐ" for sign in letters)


def is_english_sentence(text: str) -> bool:
    return sum(word in ENGLISH for word in re.findall(r"[a-z']+", text.lower())) >= 2 and not is_vietnamese(text)


def read_page(address: str, html: str, status: int = 200) -> Page:
    page = Page(address, html, status)
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    return page


class _Reader(HTMLParser):
    def __init__(self, page: Page):
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[tuple[str, str]] = []  # tag and language

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def whole(self, address: str) -> str:
        return urljoin(self.page.address, address.strip())

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        language = (given.get("lang") or self.language).split("-")[0]
        if tag == "html":
            self.page.language = given.get("lang", "")
        if re.fullmatch("h[1-6]", tag):
            self.page.headings.append(tag)
        if "id" in given:
            self.page.ids.append(given["id"])
        self.note_said(tag, given, language)
        self.note_addresses(tag, given)
        self.note_inline(tag, given)
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if any(open_tag == tag for open_tag, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        text = " ".join(data.split())
        tag = self.open[-1][0] if self.open else ""
        if not text or tag in SILENT:
            return
        if tag == "title" and not self.page.title and ("svg" not in {name for name, _ in self.open}):
            self.page.title = text
        self.page.said.append(Said(text, self.language, tag))

    def note_said(self, tag, given, language):
        for name in SAID_BY_ATTRIBUTES:
            if given.get(name, "").strip():
                self.page.said.append(Said(given[name], language, f"{tag} {name}"))
        if tag == "meta" and (given.get("name") or given.get("property")) in SAID_BY_META:
            self.page.said.append(Said(given.get("content", ""), language, "meta"))
        if tag == "option" or (tag == "input" and given.get("type", "text") not in ("hidden", "radio", "checkbox")):
            if given.get("value"):
                self.page.said.append(Said(given["value"], language, f"{tag} value"))

    def note_addresses(self, tag, given):
        if tag == "a" and "href" in given:
            self.page.links.append(self.whole(given["href"]))
            if given.get("hreflang"):
                self.page.ways_over.append(self.whole(given["href"]))
        elif tag == "link" and given.get("rel") == "alternate" and given.get("hreflang"):
            self.page.alternates[given["hreflang"]] = given["href"]
        elif tag == "link" and given.get("rel") != "canonical" and "href" in given:
            self.page.files.append(self.whole(given["href"]))
        elif tag != "a":
            widths = given.get("srcset") or given.get("imagesrcset") or ""  # the second of a picture fetched first
            listed = [part.split()[0] for part in widths.split(",") if part.strip()]
            self.page.files += [self.whole(each) for each in [given.get("src"), given.get("poster"), *listed] if each]
            if tag in ("use", "image") and given.get("href"):
                self.page.files.append(self.whole(given["href"]))

    def note_inline(self, tag, given):
        shown = self.get_starttag_text() or tag
        is_data = given.get("type", "").endswith("json")
        if tag == "style" or "style" in given or (tag == "script" and "src" not in given and not is_data):
            self.page.inline.append(shown[:120])
        self.page.inline += [shown[:120] for name in given if name.startswith("on")]
        self.page.inline += [shown[:120] for name in ("href", "src") if given.get(name, "").startswith("javascript:")]


def path_of(address: str) -> str:
    """An address of this site without its host and its mark: "/san-pham/?sao=4"."""
    parts = urlsplit(urldefrag(address).url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "") and parts.netloc in (
        "",
        "testserver",
        urlsplit(settings.SITE_URL).netloc,
    )


def is_page(path: str) -> bool:
    return not path.startswith(("/media/", "/static/", "/cms/", "/quan-ly/", "/documents/"))


def walk(client, start: str, *, most: int, of_a_path: int = 3) -> dict[str, Page]:
    """The pages that links lead to from `start`, by path; at most `most`, and of one path `of_a_path` with parameters.

    Other languages' pages are left to a walk of their own. What does not answer with a page is there by its status.
    """
    english = start.startswith("/en/")
    pages, queue, later, seen, variants = {}, deque([start]), deque(), {start}, {}
    while (queue or later) and len(pages) < most:
        path = queue.popleft() if queue else later.popleft()
        answer = client.get(path, follow=True)
        is_html = answer.get("Content-Type", "").startswith("text/html")
        where = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        page = read_page(f"http://testserver{where}", answer.content.decode() if is_html else "", answer.status_code)
        pages[path] = page
        for link in page.links:
            target = path_of(link)
            if not is_ours(link) or target in seen or not is_page(target) or target.startswith("/en/") != english:
                continue
            seen.add(target)
            bare = target.partition("?")[0]
            if bare == target:
                queue.append(target)
            elif variants.setdefault(bare, 0) < of_a_path:
                variants[bare] += 1
                later.append(target)
    return pages
