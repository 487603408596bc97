"""The template filters are the project's wording."""

from datetime import date

from django.template import Context, Engine
from django.utils import translation

ENGINE = Engine(libraries={"display": "storefront.templatetags.display"})


def shown(template: str, **values) -> str:
    return ENGINE.from_string("{% load display %}" + template).render(Context(values))


def test_a_template_writes_money_weights_and_days():
    template = "{{ price|dong }} · {{ weight|grams }} · {{ until|day }} · {{ nothing|dong }}"
    values = {"price": 160000, "weight": 5040, "until": date(2026, 11, 24)}
    with translation.override("vi"):
        assert shown(template, **values) == "160.000 ₫ · 5,04 kg · 24/11/2026 · "
    with translation.override("en"):
        assert shown(template, **values) == "₫160,000 · 5.04 kg · 24 Nov 2026 · "


def test_a_template_marks_names_and_escapes_once():
    assert shown("{{ text|marked }}", text="A & [vi:Sìn Hồ]") == 'A &amp; <span lang="vi">Sìn Hồ</span>'
    assert shown("{{ text|unmarked }}", text="A & [vi:Sìn Hồ]") == "A &amp; Sìn Hồ"
