"""The organiser's screens: lists of people, their files, and answers to requests."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_producer
from shop.codes import new_key
from showcase.booths import ask
from showcase.loading import load_pages
from showcase.models import BoothRequest, Registration
from showcase.registrations import register
from showcase.tests.fairs import come, key_of, make_fair, states, wish
from showcase.tests.working import client_of

pytestmark = pytest.mark.django_db
PEOPLE, BOOTHS = "/cms/hoi-cho/dang-ky/", "/cms/hoi-cho/gian-hang/"


@pytest.fixture
def fair():
    load_pages()
    return make_fair(booth_places=40)


def asked(fair, **fields) -> BoothRequest:
    told = {"name": "Kanari", "phone": "+84912345678", "email": "mau@vidu.vn", "note": "", "language": "vi"}
    return ask(fair, make_producer(), consent="Tôi đồng ý.", form_key=new_key(), **{**told, **fields})


def table(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))


@pytest.mark.parametrize("role", ["editor", "chief_editor"])
def test_organisers_read_who_comes_and_who_asks(fair, role):
    register(key_of(fair), wish(name="Kanari Một"))
    request = asked(fair)
    client = client_of(role)

    people, booths = (client.get(path).content.decode() for path in (PEOPLE, BOOTHS))

    assert all(said in people for said in ("Kanari Một", "Buổi pha trà", "Hội chợ chè", "Đã có chỗ"))
    assert request.producer.name in booths and "Chờ trả lời" in booths
    assert PEOPLE in client.get("/cms/").content.decode()


def test_translators_and_others_see_none_of_it(fair):
    row, request = register(key_of(fair), wish()), asked(fair)
    client = client_of("translator")

    answers = [client.get(path) for path in (PEOPLE, BOOTHS, f"{PEOPLE}{row.pk}/", f"{BOOTHS}{request.pk}/")]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert PEOPLE not in client.get("/cms/").content.decode()


def test_the_lists_are_narrowed_by_fair_activity_and_state(fair):
    other = make_fair(title="Hội chợ gạo", slug="hoi-cho-gao")
    come(fair, 5, 1)
    come(other, 1)
    client, desk = client_of("editor"), Registration.objects.filter(activity_key=key_of(fair)).first().desk_id

    def found(**narrowed):
        page = client.get(PEOPLE, narrowed).content.decode()
        return [number for number in (1, 2, 3) if f"khach{number}@vidu.vn" in page]

    assert found() == [1, 2, 3]
    assert found(fair=desk) == found(activity=key_of(fair)) == [1, 2]
    assert found(fair=desk, state="waiting") == [2]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_of_the_file_is_a_formula(fair, beginning):
    typed = f"{beginning}HYPERLINK()"
    register(key_of(fair), wish(name=typed, email="=a@vidu.vn"))
    asked(fair, name=typed, note=typed)
    client = client_of("editor")

    cells = [cell for path in (PEOPLE, BOOTHS) for row in table(client.get(path, {"export": "csv"})) for cell in row]

    assert f"'{typed}" in cells and "'=a@vidu.vn" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_file_holds_what_the_list_shows_and_there_is_no_workbook(fair):
    register(key_of(fair), wish(name="Lò Thị Mẫu", people=3))
    client = client_of("editor")

    head, row = table(client.get(PEOPLE, {"export": "csv", "state": "confirmed"}))

    assert row[:7] == ["Hội chợ chè", "Buổi pha trà", "Đã có chỗ", "Lò Thị Mẫu", "0912 000 001", "khach1@vidu.vn", "3"]
    assert (len(head), row[8]) == (9, "Tôi đồng ý.")
    assert client.get(PEOPLE, {"export": "xlsx"})["Content-Type"].startswith("text/html")
    page = client.get(PEOPLE).content.decode()
    assert "export=csv" in page and "export=xlsx" not in page


@pytest.mark.parametrize("path", [PEOPLE, BOOTHS])
def test_the_lists_ask_the_same_number_of_questions_for_many(fair, path):
    client = client_of("editor")
    come(fair, 1)
    asked(fair)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    come(fair, *[1] * 29)
    for _ in range(29):
        asked(fair)
    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert len(many) == len(few)


def test_the_organiser_cancels_for_somebody_who_calls(fair):
    row, _waiting = come(fair, 5, 1)
    client = client_of("editor")
    assert row.name in client.get(f"{PEOPLE}{row.pk}/").content.decode()

    answer = client.post(f"{PEOPLE}{row.pk}/", follow=True)

    assert row.name not in answer.content.decode()
    assert states(fair) == ["cancelled", "confirmed"]


def test_the_organiser_accepts_with_a_number_and_declines_with_a_reason(fair):
    one, two = asked(fair), asked(fair)
    client = client_of("chief_editor")

    missing = client.post(f"{BOOTHS}{one.pk}/", {"answer": "accept", "number": " "})
    client.post(f"{BOOTHS}{one.pk}/", {"answer": "accept", "number": "A\x001"})
    taken = client.post(f"{BOOTHS}{two.pk}/", {"answer": "accept", "number": "A1"})
    unsaid = client.post(f"{BOOTHS}{two.pk}/", {"answer": "decline", "reason": ""})
    client.post(f"{BOOTHS}{two.pk}/", {"answer": "decline", "reason": "Hết chỗ."})

    assert [answer.status_code for answer in (missing, taken, unsaid)] == [409, 409, 409]
    assert "Hãy ghi số gian." in missing.content.decode()
    assert "Gian A1 đã có chủ." in taken.content.decode() and 'value="A1"' in taken.content.decode()
    told = BoothRequest.objects.order_by("pk").values_list("state", "number", "reason", "answered_by")
    assert list(told) == [("accepted", "A1", "", client.user.pk), ("declined", "", "Hết chỗ.", client.user.pk)]


def test_what_is_not_there_is_not_found(fair):
    client = client_of("editor")
    assert [client.get(f"{path}999/").status_code for path in (PEOPLE, BOOTHS)] == [404, 404]
