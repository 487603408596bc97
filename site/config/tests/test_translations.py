"""English is complete, and says of each thing no less than the Vietnamese."""

import re

from django.utils.translation import gettext, override

from config import messages
from config.messages import english, found_in_sources, messages_in, strings

# %(name)s, {hours}, <slug:slug>, <strong>: what the program puts in, and marks of HTML.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+(?::\w+)?>")


def said(catalog):
    """{(context, message): its strings}"""
    return {(message.context, message.id): strings(message) for message in catalog if message.id}


def placeholders(text):
    return sorted(set(PLACEHOLDER.findall(text)))


def messages_of(message):
    return message[1] if isinstance(message[1], tuple) else (message[1],)


def in_words(found):
    return "\n".join(repr(message) for message in found)


def test_the_english_catalogue_holds_the_strings_of_the_sources_and_no_others():
    wanted, there = set(said(found_in_sources())), set(said(english()))

    told = f"not in the catalogue: {in_words(wanted - there)}\nno longer in the sources: {in_words(there - wanted)}"
    assert wanted == there, f"{told}\npython -m config.messages brings them level"


def test_bringing_in_strings_keeps_english_that_stands_and_drops_what_is_gone(monkeypatch, tmp_path):
    catalogue = tmp_path / "django.po"
    kept = messages.ENGLISH.read_text(encoding="utf-8")
    known = 'msgid "Thêm vào giỏ"\nmsgstr "Add to basket"\n\n'
    assert known in kept
    gone = 'msgid "Câu này không có ở đâu"\nmsgstr "Nowhere to be found"\n\n'
    catalogue.write_text(kept.replace(known, gone), encoding="utf-8")
    monkeypatch.setattr(messages, "ENGLISH", catalogue)

    assert messages.bring_in() == ["Thêm vào giỏ"]
    assert catalogue.read_text(encoding="utf-8") == kept.replace('msgstr "Add to basket"', 'msgstr ""')


def test_every_string_has_its_english():
    missing = [message for message, texts in said(english()).items() if not all(text.strip() for text in texts)]

    assert not missing, in_words(missing)


def test_no_english_is_a_guess_of_a_tool():
    assert [message.id for message in english() if message.id and message.fuzzy] == []


def test_english_keeps_every_placeholder():
    lost = [
        (message, text)
        for message, texts in said(english()).items()
        for text in texts
        if placeholders(text) != placeholders(messages_of(message)[0])
    ]

    assert not lost, in_words(lost)


def test_english_is_written_without_vietnamese_letters():
    marked = [
        text
        for texts in said(english()).values()
        for text in texts
        if any(letter.isalpha() and not letter.isascii() for letter in text)
    ]

    assert not marked, in_words(marked)


def test_english_begins_and_ends_as_the_vietnamese_does():
    """A sentence stays a sentence, a label a label: templates put signs around them."""
    ends = re.compile(r"[.:…?!]?$")
    other = [
        (message, text)
        for message, texts in said(english()).items()
        for text in texts
        if ends.search(text).group().replace("?", ".") != ends.search(messages_of(message)[0]).group().replace("?", ".")
        or (text[:1].isspace(), text[-1:].isspace())
        != (messages_of(message)[0][:1].isspace(), messages_of(message)[0][-1:].isspace())
    ]

    assert not other, in_words(other)


def test_the_words_of_addresses_are_plain_and_closed_with_a_stroke():
    words = [texts[0] for (context, _), texts in said(english()).items() if context == "address"]

    assert words and [word for word in words if not re.fullmatch(r"([a-z-]+/|<(slug|str|int|uuid):\w+>/)+", word)] == []
    assert len(set(words)) == len(words)


def test_what_django_and_its_neighbours_say_never_replaces_our_vietnamese():
    with override("vi"):
        replaced = [
            message for message in said(english()) if gettext(messages_of(message)[0]) != messages_of(message)[0]
        ]

    assert replaced == []


def test_a_string_is_found_wherever_it_may_stand(tmp_path):
    python = tmp_path / "shown.py"
    python.write_text(
        "name = f\"{_('trong chuỗi')}\"\n"
        'title = pgettext_lazy("địa chỉ", "một " "chữ")\n'
        'count = ngettext("%(n)d món", "%(n)d món nữa", n)\n'
        "_(variable)\n"
        'said(_("bên trong"), {"field": translation.gettext("qua tên")})\n',
        encoding="utf-8",
    )
    page = tmp_path / "page.html"
    page.write_text(
        '  <p title="{% trans "trong thẻ" %}">{% firstof hint _("hay là") %}\n'
        "{% blocktrans count n=n %}{{ n }} món{% plural %}{{ n }} món nữa{% endblocktrans %}"
        '{# trans "không phải" #}{% trans "ghi lại" as kept %}',
        encoding="utf-8",
    )

    assert messages_in(python) == [
        (None, "trong chuỗi"),
        ("địa chỉ", "một chữ"),
        (None, ("%(n)d món", "%(n)d món nữa")),
        (None, "bên trong"),
        (None, "qua tên"),
    ]
    assert messages_in(page) == [
        (None, "trong thẻ"),
        (None, "hay là"),
        (None, ("%(n)s món", "%(n)s món nữa")),
        (None, "ghi lại"),
    ]
