"""What somebody typed is text in every spreadsheet that the CMS gives out."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import URLPattern
from openpyxl import load_workbook
from wagtail.admin.urls.reports import urlpatterns

from showcase.loading import load_pages
from showcase.models import StoryPage
from showcase.spreadsheets import guarded
from showcase.tests.working import PUBLISH, SUBMIT, change, client_of, new_story

pytestmark = pytest.mark.django_db
FORMULA = "=1+1"
NAMES = {"locked", "workflow", "workflow_tasks", "site-history", "aging-pages"}
WITHOUT_CELLS = {"page-types-usage"}


@pytest.fixture
def chief():
    """Has published a story that is called like a formula, locked it, and sent a change of it to review."""
    load_pages()
    client = client_of("chief_editor", name=FORMULA)
    fields = {"title": FORMULA, "slug": "cong-thuc"}
    new_story(client, "vi", **fields, **PUBLISH)
    page = StoryPage.objects.get()
    change(client, page, **fields, **SUBMIT)
    client.post(f"/cms/pages/{page.pk}/lock/")
    return client


def cells(answer) -> list[list]:
    content = b"".join(answer.streaming_content)
    if answer["Content-Type"] == "text/csv":
        return list(csv.reader(StringIO(content.decode())))
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.rows]


def reports() -> dict[str, URLPattern]:
    return {str(each.pattern).rstrip("/"): each for each in urlpatterns if "results" not in str(each.pattern)}


def test_these_are_all_reports_of_wagtail():
    assert set(reports()) == NAMES | WITHOUT_CELLS


@pytest.mark.parametrize("export", ["csv", "xlsx"])
@pytest.mark.parametrize("name", sorted(NAMES))
def test_no_cell_of_a_report_is_a_formula(chief, name, export):
    answer = chief.get(f"/cms/reports/{name}/", {"export": export})

    found = [value for row in cells(answer) for value in row]
    assert FORMULA not in found
    assert f"'{FORMULA}" in found


@pytest.mark.parametrize("export", ["csv", "xlsx"])
@pytest.mark.parametrize("name", sorted(WITHOUT_CELLS))
def test_a_report_without_columns_to_export_has_no_cell(chief, name, export):
    found = [value for row in cells(chief.get(f"/cms/reports/{name}/", {"export": export})) for value in row]

    assert found == []


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *((f"{sign}SUM(A1)", f"'{sign}SUM(A1)") for sign in "=+-@＝＋－＠\t\r\n"),
        ("  =1+1", "'  =1+1"),
        ("Mật ong 1+1=2", "Mật ong 1+1=2"),
        ("", ""),
        (-5, -5),
        (None, None),
        (date(2026, 11, 24), date(2026, 11, 24)),
    ],
)
def test_only_what_would_be_run_is_guarded(value, cell):
    assert guarded(value) == cell
