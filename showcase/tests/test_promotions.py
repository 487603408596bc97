"""Editors set what stands above the results of a word."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from discovery.models import PromotedThing, PromotedWord, Promotion
from discovery.promoting import promoted
from factories import make_product, show
from showcase.loading import load_pages
from showcase.tests.working import client_of
from showcase.tests.writing import publish_story

pytestmark = pytest.mark.django_db
LIST = "/cms/gioi-thieu-khi-tim/"


@pytest.fixture
def tea():
    product = make_product()
    show(product)
    return product


def form(*things, words="Chè Shan\nshan tea", **fields) -> dict:
    rows = [{"product": "", "producer": "", "page": "", **thing} for thing in things]
    return nested_form_data({"words": words, "things": inline_formset(rows), "starts_on": "", "ends_on": "", **fields})


def add(client, *things, **fields):
    return client.post(f"{LIST}new/", form(*things, **fields))


@pytest.mark.parametrize("role", ["editor", "chief_editor"])
def test_editors_set_a_product_for_several_words(role, tea):
    answer = add(client_of(role), {"product": tea.pk})

    assert answer.status_code == 302
    assert dict(PromotedWord.objects.values_list("typed", "text")) == {"che shan": "Chè Shan", "shan tea": "shan tea"}
    assert [card.entry.product_id for card in promoted("chè shan")] == [tea.pk]


def test_producers_and_pages_are_set_beside_products(tea, jobs):
    load_pages()
    page = publish_story(slug="bai", title="Cây chè cổ thụ")
    producer = tea.listing.producer
    jobs()

    add(client_of("editor"), {"page": page.pk}, {"producer": producer.pk}, {"product": tea.pk})

    assert [entry.name for entry in promoted("che shan")] == ["Cây chè cổ thụ", producer.name, tea.title]
    page.unpublish()
    jobs()
    assert [entry.name for entry in promoted("che shan")] == [producer.name, tea.title]
    page.delete()
    assert PromotedThing.objects.count() == 2


def test_words_are_changed_and_taken_away(tea):
    client = client_of("editor")
    add(client, {"product": tea.pk})
    promotion = Promotion.objects.get()
    [thing] = promotion.things.all()
    page = client.get(f"{LIST}edit/{promotion.pk}/").content.decode()
    assert "Chè Shan\nshan tea" in page

    sent = form(words="chè shan\nTrà cổ thụ", starts_on="2026-01-01", ends_on="2026-12-31")
    sent |= nested_form_data({"things": inline_formset([{"product": tea.pk, "id": thing.pk}], initial=1)})
    answer = client.post(f"{LIST}edit/{promotion.pk}/", sent | {"things-0-producer": "", "things-0-page": ""})

    assert answer.status_code == 302
    promotion.refresh_from_db()
    assert str(promotion) == "chè shan, Trà cổ thụ"
    assert (promotion.starts_on, promotion.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("CHE  SHAN\nkhác", "“CHE SHAN” đã có ở một mục giới thiệu khác."),
        ("?!\n\n", "Hãy gõ ít nhất một từ có chữ hoặc số."),
        ("a" * 61, "dài quá: nhiều nhất 60 chữ."),
        ("\n".join(f"từ {number}" for number in range(31)), "Nhiều nhất 30 từ một mục."),
    ],
)
def test_words_that_cannot_be_taken_are_refused_and_kept_in_the_form(tea, words, said):
    client = client_of("editor")
    add(client, {"product": tea.pk})

    answer = add(client, {"product": tea.pk}, words=words)

    page = answer.content.decode()
    assert answer.status_code == 200 and said in page
    assert words.strip() in page
    assert Promotion.objects.count() == 1


def test_a_word_that_is_taken_between_question_and_answer_is_refused_too(tea, monkeypatch):
    from showcase import promotions

    client, clean = client_of("editor"), promotions.PromotionForm.clean_words

    def clean_and_be_slow(form):
        words = clean(form)
        if not Promotion.objects.exists():
            PromotedWord.objects.create(promotion=Promotion.objects.create(), typed="che shan", text="chè shan")
        return words

    monkeypatch.setattr(promotions.PromotionForm, "clean_words", clean_and_be_slow)

    answer = add(client, {"product": tea.pk})

    assert answer.status_code == 200
    assert "“Chè Shan” đã có ở một mục giới thiệu khác." in answer.content.decode()
    assert Promotion.objects.count() == 1 and not PromotedThing.objects.exists()


def test_alcohol_is_refused_with_its_reason():
    spirits = make_product(set_number=14)
    show(spirits)

    answer = add(client_of("chief_editor"), {"product": spirits.pk})

    assert "Đồ uống có cồn không được giới thiệu." in answer.content.decode()
    assert not Promotion.objects.exists()


def test_a_row_names_one_thing(tea):
    client = client_of("editor")
    both = {"product": tea.pk, "producer": tea.listing.producer_id}

    for thing in ({}, both):
        answer = add(client, thing)
        assert answer.status_code == 200
        assert "Mỗi dòng chọn đúng một" in answer.content.decode() or thing == {}
    assert not Promotion.objects.exists()


def test_four_things_are_too_many(tea):
    add(client_of("editor"), *[{"product": tea.pk}] * 4)

    assert not Promotion.objects.exists()


def test_days_in_the_wrong_order_are_refused(tea):
    answer = add(client_of("editor"), {"product": tea.pk}, starts_on="2026-02-02", ends_on="2026-02-01")

    assert "Ngày cuối phải sau ngày đầu" in answer.content.decode()
    assert not Promotion.objects.exists()


def test_translators_set_nothing(tea):
    client = client_of("translator")

    assert client.get(LIST).status_code == 302
    add(client, {"product": tea.pk})

    assert not Promotion.objects.exists()
    assert LIST not in client.get("/cms/").content.decode()


def test_editors_take_it_away(tea):
    client = client_of("editor")
    add(client, {"product": tea.pk})

    client.post(f"{LIST}delete/{Promotion.objects.get().pk}/")

    assert promoted("che shan") == [] and not PromotedWord.objects.exists()


def test_the_list_costs_the_same_for_one_and_thirty(tea):
    client = client_of("editor")
    client.get(LIST)
    asked = [queries_of(client, tea, rows) for rows in (1, 15)]

    assert asked[0] == asked[1]


def queries_of(client, tea, rows) -> int:
    for _ in range(rows):
        number = Promotion.objects.count()
        promotion = Promotion.objects.create(starts_on=timezone.localdate())
        PromotedWord.objects.create(promotion=promotion, typed=f"tu {number}", text=f"từ {number}")
        PromotedThing.objects.create(promotion=promotion, product=tea)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(LIST).content.decode()
    assert "từ 0" in page and tea.title in page
    return len(asked)
