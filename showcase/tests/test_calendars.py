"""A fair goes into a reader's calendar."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from factories import make_commune
from showcase.loading import load_pages
from showcase.models import FairIndexPage, FairPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    load_pages()
    index = FairIndexPage.objects.get(locale__language_code="vi")
    return index.add_child(
        instance=FairPage(
            title="Hội chợ mẫu: chè, mật ong và những thứ thơm khác của cả một vùng núi rất rộng",
            slug="hoi-cho",
            summary="Mẫu.",
            starts_on=date(2026, 12, 30),
            ends_on=date(2026, 12, 31),
            place="Sân chợ; cổng A",
            commune=make_commune("Phường Tân Phong"),
            locale=index.locale,
            translation_key=uuid4(),
            first_published_at=timezone.now(),
        )
    )


def test_the_calendar_file_says_when_where_and_what(client, fair):
    answer = client.get("/hoi-cho/hoi-cho/?lich=ics")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = text.replace("\r\n ", "").split("\r\n")
    assert "DTSTART;VALUE=DATE:20261230" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert f"SUMMARY:{fair.title.replace(',', chr(92) + ',')}" in lines
    assert "STATUS:CONFIRMED" in lines
    assert r"LOCATION:Sân chợ\; cổng A\, Phường Tân Phong" in lines


def test_a_cancelled_fair_is_cancelled_in_the_calendar(client, fair):
    FairPage.objects.update(is_cancelled=True, cancel_reason="Mưa lũ.")
    assert "STATUS:CANCELLED\r\n" in client.get("/hoi-cho/hoi-cho/?lich=ics").content.decode()


def test_no_line_of_it_is_longer_than_75_bytes(client, fair):
    answer = client.get("/hoi-cho/hoi-cho/?lich=ics")
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75


def test_the_page_leads_to_it_until_the_fair_is_over(client, fair):
    FairPage.objects.update(starts_on=timezone.localdate(), ends_on=timezone.localdate())
    assert 'href="?lich=ics"' in client.get("/hoi-cho/hoi-cho/").content.decode()
    FairPage.objects.update(starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2))
    page = client.get("/hoi-cho/hoi-cho/").content.decode()
    assert 'href="?lich=ics"' not in page and "Hội chợ này đã kết thúc." in page
