"""What Django, Wagtail and its neighbours say to editors and buyers is Vietnamese, in their catalogues or in ours.

Nothing is excepted: whatever an installed package of the editors' screens can say has to be answered, be it met daily
or once a year. A new version of a package shows here what it says anew.
"""

import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django import forms
from django.apps import apps
from django.utils.timesince import timeuntil
from django.utils.translation import override
from django.utils.translation.trans_real import DjangoTranslation

from config.messages import strings
from config.translations import LOCALE

DOMAINS = pytest.mark.parametrize("domain", ["django", "djangojs"])
EDITORS_SCREENS = ("wagtail", "modelcluster", "taggit")

# %(name)s, %d, {hours}; and each mark of HTML with all it holds, since links work by their attributes.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^<>]+>")
# What Vietnamese may leave unsaid, and why.
LEFT_UNSAID = {
    # The sentence is shown only where there are no child pages to count.
    "Deleting this page will also delete %(translation_count)s translation of this page.": ["%(descendant_count)s"],
    # It stands over lists of pages alone, and where pages are searched the program has no name for them: "2 None".
    "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s": ["%(model_name)s"],
}


@cache
def catalogue(folder, language, domain):
    """{(context, sentence): what is said}, of what is said in full; nothing where there is no such catalogue."""
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return {}
    with path.open("rb") as source:
        messages = read_po(source, locale=language)
    return {
        (message.context, message.id): strings(message)
        for message in messages
        if message.id and (language == "en" or (all(strings(message)) and not message.fuzzy))
    }


def locales_of_editors():
    """The folders of translations of the installed apps whose screens editors use."""
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs() if app.name.startswith(EDITORS_SCREENS)]
    return [folder for folder in folders if folder.exists()]


def spoken(domain):
    """(context and sentence, its Vietnamese) of all that editors can meet: ours goes before the packages' own."""
    ours = catalogue(LOCALE, "vi", domain)
    for folder in locales_of_editors():
        said = catalogue(folder, "vi", domain) | ours
        for key in catalogue(folder, "en", domain):
            yield key, said.get(key)


def forms_of(key):
    """The English of a sentence: one string, or that for one and that for more."""
    return key[1] if isinstance(key[1], tuple) else (key[1],)


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


@DOMAINS
def test_all_that_the_screens_of_editors_say_has_vietnamese(domain):
    answers = list(spoken(domain))

    assert answers and [key for key, said in answers if said is None] == []


@DOMAINS
def test_no_english_stands_in_place_of_vietnamese(domain):
    left = [
        key
        for key, said in spoken(domain)
        for text in said or ()
        if text in forms_of(key) and re.search(r"[a-z]", PLACEHOLDER.sub("", text), re.IGNORECASE)
    ]

    assert left == []


@DOMAINS
def test_vietnamese_keeps_every_placeholder_and_every_mark_of_html(domain):
    lost = [
        (key, text)
        for key, said in spoken(domain)
        for text in said or ()
        if placeholders(text) != placeholders(forms_of(key)[-1]) - Counter(LEFT_UNSAID.get(forms_of(key)[0], ()))
    ]

    assert lost == []


@DOMAINS
def test_vietnamese_keeps_the_spaces_at_its_ends(domain):
    """Scripts add a name behind them."""
    lost = [
        (key, text)
        for key, said in spoken(domain)
        for text in said or ()
        if (text != text.lstrip(), text != text.rstrip())
        != (forms_of(key)[-1] != forms_of(key)[-1].lstrip(), forms_of(key)[-1] != forms_of(key)[-1].rstrip())
    ]

    assert lost == []


@DOMAINS
def test_vietnamese_says_one_word_for_one_thing(domain):
    """The words at the head of our catalogue; these are others for the same, or the same spelt otherwise."""
    others = re.compile(
        r"xuất bản|bình luận|văn bản|luồng công việc|phê chuẩn|phê duyệt|tác vụ|bí danh|đăng tải"
        r"|trạng thái|email|\bx[oò]á\b|kho[áà]\b|hu[ỷỳ]\b",
        re.IGNORECASE,
    )

    assert [text for _, said in spoken(domain) for text in said or () if others.search(text)] == []


@DOMAINS
def test_ours_is_what_the_program_says(domain):
    """Wagtail's scripts are handed the words of one package and those of the site."""
    told = DjangoTranslation(
        "vi", domain=domain, localedirs=None if domain == "django" else map(str, locales_of_editors())
    )
    others = []
    for (context, sentence), (text,) in catalogue(LOCALE, "vi", domain).items():
        if isinstance(sentence, tuple):
            heard = told.ngettext(*sentence, 3)
        else:
            heard = told.pgettext(context, sentence) if context else told.gettext(sentence)
        if heard != text:
            others.append((sentence, heard))

    assert others == []


@DOMAINS
def test_each_line_of_a_vietnamese_catalogue_answers_a_sentence_of_a_package(domain):
    names = {app.name.partition(".")[0] for app in apps.get_app_configs() if app.name.startswith(EDITORS_SCREENS)}
    theirs = set()
    for package in (django, *map(import_module, names)):
        for folder in Path(package.__file__).parent.rglob("locale"):
            theirs |= set(catalogue(folder, "en", domain))

    answered = catalogue(LOCALE, "vi", domain)
    assert answered and set(answered) - theirs == set()


@DOMAINS
def test_no_line_of_a_vietnamese_catalogue_is_empty_or_a_guess(domain):
    path = LOCALE / "vi" / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as source:
        messages = [message for message in read_po(source, locale="vi") if message.id]

    assert [message.id for message in messages if message.fuzzy or not all(map(str.strip, strings(message)))] == []


@DOMAINS
def test_vietnamese_puts_in_nothing_that_the_sentence_does_not_hold(domain):
    made_up = [
        text
        for key, said in catalogue(LOCALE, "vi", domain).items()
        for text in said
        if placeholders(text) - placeholders(forms_of(key)[-1])
    ]

    assert made_up == []


@pytest.mark.parametrize(
    ("language", "left", "refused"),
    [
        ("vi", "3 giờ, 20 phút", "Dài nhất là 5 ký tự; bạn đã viết 7. Hãy rút ngắn lại."),
        ("en", "3 hours, 20 minutes", "Ensure this value has at most 5 characters (it has 7)."),
    ],
)
def test_a_deadline_and_a_refused_field_speak_the_language_of_the_page(language, left, refused):
    noon = datetime(2026, 11, 24, 12)
    with override(language):
        assert timeuntil(noon + timedelta(hours=3, minutes=20), noon).replace("\xa0", " ") == left
        with pytest.raises(forms.ValidationError) as refusal:
            forms.CharField(max_length=5).clean("bảy chữ")
        assert refusal.value.messages == [refused]
