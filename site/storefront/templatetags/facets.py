"""{% choices "stars" found.stars %}: the lines of a facet. A page holds a hundred: they are written here, not drawn."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from discovery.browsing import Choice
from outbox.wording import is_english
from storefront.product_list import title_of, words_of_choice

register = template.Library()


@register.simple_tag
def choices(name: str, lines: Iterable[Choice], kind="checkbox") -> SafeString:
    """Each line with its box; `name` is the parameter's in the address."""
    english = is_english()
    return SafeString("".join(line_of(name, each, words_of_line(name, each, english), kind) for each in lines))


@register.simple_tag
def branch_choices(branches: Iterable[tuple[Choice, list[Choice]]]) -> SafeString:
    """Branches with their groups; a branch with one group alone is asked for by itself."""
    english, found = is_english(), []
    for branch, groups in branches:
        found += ["<li>", line_of("branch", branch, conditional_escape(title_of(branch.row, english)))]
        if len(groups) > 1 or (groups and groups[0].is_chosen):
            inner = (line_of("group", each, conditional_escape(title_of(each.row, english))) for each in groups)
            found += ['<ul class="plain facets__inner"><li>', "</li><li>".join(inner), "</li></ul>"]
        found.append("</li>")
    return SafeString("".join(found))


def line_of(name: str, choice: Choice, words: str, kind: str = "checkbox") -> str:
    """A line as HTML; `words` are HTML too."""
    checked = " checked" if choice.is_chosen else ""
    box = f'<input type="{kind}" name="{name}" value="{conditional_escape(choice.value)}"{checked}>'
    return f'<label class="choice">{box} {words} <span>{localize(choice.count)}</span></label>'


def words_of_line(name: str, choice: Choice, english: bool) -> str:
    """What a line says, as HTML."""
    if name == "certified":
        return conditional_escape(_("%(months)s tháng nữa") % {"months": choice.value})
    if name == "commune":
        area = choice.row
        return _commune(get_language(), area.title, area.names_before_en if english else area.names_before)
    return conditional_escape(words_of_choice(name, choice, english))


@lru_cache(maxsize=512)
def _commune(language: str, title: str, names_before: str) -> SafeString:
    before = format_html(" <small>{}</small>", _("gồm %(places)s") % {"places": names_before}) if names_before else ""
    return format_html('<span class="facets__name">{}{}</span>', title, before)
