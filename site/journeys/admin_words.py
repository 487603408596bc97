"""What an editor reads on the screens of the CMS, and which of it is English."""

import json
import re
from html.parser import HTMLParser

from journeys.pages import VOID, is_vietnamese

SAID_BY_ATTRIBUTES = {"alt", "aria-label", "aria-description", "content", "label", "placeholder", "summary", "title"}
SILENT = {"code", "kbd", "script", "style", "svg", "template-data"}
# What scripts call things by, in data: keys, addresses, classes, constants, "event->controller#method", expressions.
NAMES = re.compile(
    r"[a-z0-9.-]+|[A-Z_]+|X-\w+|\w+(\.\w+)+|[a-z]+([A-Z]\w*)+|([A-Z]+[a-z]+){2,}|[#_]\S+|\[[^\]]+\].*|\S{40,}"
    r"|\S*[\[\]^$|]\S*|(.*\s)?\S*([a-z]_[a-z_]|__|--|->|^/|/$|://|\bw-)\S*(\s.*)?"
)
# A syllable of Vietnamese without its accents: "nghieng", "qua", "ai". No English word of two syllables is one.
SYLLABLE = re.compile(
    "(ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?"
    "(i|e|a|o|u|y|ie|ye|uo|ua|ia|uye|uy|oa|oe|ue|uya|yeu|ieu|uou|oai|oay|uay|uoi|uyu|oeo|oao|ai|ao|au|ay|eo|eu|iu|oi|ui|uu)"
    "(ch|ng|nh|[cmnpt])?"
)
# Words that Vietnamese takes over as they are.
TAKEN_OVER = frozenset("byte csv html jpg json ocop pdf slug url wagtail web xlsx".split())


class Words(HTMLParser):
    """All texts of a screen: visible ones, those read aloud, and those that scripts are handed as JSON."""

    def __init__(self, html: str):
        super().__init__()
        self.found: set[str] = set()
        self.open: list[str] = []
        self.foreign: list[str] = []  # open elements in a language of their own
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        named = {name: value or "" for name, value in attributes}
        is_data = tag == "script" and named.get("type", "").endswith("json")
        name = "template-data" if is_data else tag
        if tag not in VOID:
            self.open.append(name)
        for attribute, value in named.items():
            if attribute in SAID_BY_ATTRIBUTES and not (tag == "meta" and named.get("name") != "description"):
                self.say(value)
            elif tag == "input" and attribute == "value" and named.get("type") in ("submit", "button", "reset"):
                self.say(value)
            elif attribute.startswith("data-"):
                self.say_data(value)

    def handle_endtag(self, tag):
        while self.open:
            opened = self.open.pop()
            if opened == tag or (tag == "script" and opened == "template-data"):
                return

    def handle_data(self, data):
        if "template-data" in self.open:
            self.say_data(data)
        elif self.open[-1:] == ["script"]:
            for literal in re.findall(r'"((?:[^"\\\n]|\\.)+)"|\'((?:[^\'\\\n]|\\.)+)\'', data):
                self.say_data((literal[0] or literal[1]).encode().decode("unicode_escape"), is_attribute=False)
        elif not SILENT.intersection(self.open):
            self.say(data)

    def say(self, text: str):
        text = " ".join(text.split())
        if re.search(r"[A-Za-z]{2}", text):
            self.found.add(text)

    def say_data(self, text: str, is_attribute=True):
        """What a script is handed: a sentence, HTML, or JSON that may hold either."""
        text = " ".join(text.split())
        if text.startswith(("{", "[", '"')):
            try:
                return self.say_within(json.loads(text))
            except ValueError:
                pass  # a selector
        if text.startswith("<"):
            self.found |= Words(text).found
        elif not NAMES.fullmatch(text) and (" " in text or not is_attribute):
            self.say(text)

    def say_within(self, value):
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                self.say_within(inner)
        elif isinstance(value, str):
            self.say_data(value, is_attribute=False)


def words_of(answer) -> set[str]:
    """The texts of an answer: a page, or the JSON that a window of the CMS is filled with."""
    kind, text = answer["Content-Type"], answer.content.decode()
    if kind.startswith("application/json"):
        words = Words("")
        words.say_within(json.loads(text))
        return words.found
    return Words(text).found if kind.startswith("text/html") else set()


def is_english(text: str) -> bool:
    """Has a text no letter of Vietnamese alone, and a word that is no syllable of Vietnamese? That needs no list of
    English words, and hears a single one."""
    words = re.findall(r"[a-z]{2,}", text.lower())
    return not is_vietnamese(text) and any(not SYLLABLE.fullmatch(each) and each not in TAKEN_OVER for each in words)
