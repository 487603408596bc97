"""The contact page: read, written from, and what becomes of the messages."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from areas.models import Area
from discovery.tally import forget
from factories import make_commune, make_user
from outbox.models import Mail
from outbox.timers import registered_timers
from showcase.contact_loading import load_contact_pages
from showcase.enquiries import forget_old_enquiries, mark_answered
from showcase.enquiry_form import LONGEST, SHORTEST
from showcase.loading import load_pages
from showcase.models import ContactPage, ContactWay, Enquiry, HomePage
from showcase.tests.working import client_of

pytestmark = pytest.mark.django_db
VI, EN = "/lien-he/", "/en/contact/"


@pytest.fixture(autouse=True)
def page(settings):
    settings.CONTACT_EMAIL = "office@example.com"
    load_pages()
    load_contact_pages()
    return ContactPage.objects.get(locale__language_code="vi")


def letter(**fields) -> dict:
    return {
        "token": "một mã",
        "name": "Lò Thị Mẫu",
        "reach": "mau@example.com",
        "subject": "product",
        "reference": "Trà Sencha",
        "message": "Trà này còn bán\r\nđến bao giờ?",
        "consent": "on",
        **fields,
    }


def read(client, address=VI, **query) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def make_enquiry(**fields) -> Enquiry:
    number = Enquiry.objects.count()
    words = {"key": f"k{number}", "name": f"Người {number}", "email": "a@example.com", "subject": "site"}
    return Enquiry.objects.create(**words | {"text": "Xin chào", "language": "vi", "consent": "Đồng ý"} | fields)


# --- Read -----------------------------------------------------------------------------------------------------------


def test_the_built_in_page_is_there_once_in_both_languages_and_says_that_it_is_a_sample(client):
    assert load_contact_pages() == 0
    vietnamese, english = read(client), read(client, EN)

    assert f'href="{EN}"' in vietnamese and f'href="{VI}"' in english
    assert vietnamese.count("dữ liệu mẫu</span>") == english.count("sample data</span>") == 2
    assert "Trước khi viết</h2>" in vietnamese and "Before you write</h2>" in english


def test_the_operator_s_data_stands_where_the_page_says_nothing(client, settings):
    settings.OPERATOR = {**settings.OPERATOR, "phone": "0213 3876 543", "email": "", "address": "Không hiện"}
    shown = BeautifulSoup(read(client), "html.parser").select_one(".contact dl")

    assert shown.select_one('a[href="tel:02133876543"]').text == "0213 3876 543"
    assert [each.text for each in shown.select(".missing")] == ["chưa có trong dữ liệu"]
    assert "Không hiện" not in shown.text


def test_every_page_leads_to_it_and_search_engines_learn_what_is_no_sample(client, page, settings):
    settings.OPERATOR = {**settings.OPERATOR, "email": "van-phong@example.com"}
    assert f'href="{VI}"' in read(client, "/cau-chuyen/") and f'href="{EN}"' in read(client, "/en/stories/")
    assert f"<loc>{settings.SITE_URL}{EN}</loc>" in client.get("/sitemap.xml").content.decode()

    blocks = BeautifulSoup(read(client), "html.parser").find_all("script", type="application/ld+json")
    contact, way = (json.loads(block.string) for block in blocks)

    [point] = contact["mainEntity"]["contactPoint"]
    assert (contact["@type"], point["email"], "telephone" in point) == ("ContactPage", "van-phong@example.com", False)
    assert "address" not in contact["mainEntity"]  # the page's own is a sample
    assert [step["name"] for step in way["itemListElement"]] == ["OCOP Lai Châu", "Liên hệ"]


def test_a_map_shows_the_commune(client, page):
    assert 'class="map"' not in read(client)
    page.commune = make_commune("Xã Bản Bo")
    Area.objects.filter(pk=page.commune.pk).update(latitude=22.2, longitude=103.6)
    forget()
    page.save()
    assert "Xã Bản Bo được tô đậm" in read(client)


def test_the_page_asks_the_database_little_however_many_ways_there_are(client, page):
    def count() -> int:
        read(client)
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    few = count()
    for number in range(30):
        page.ways.create(kind="phone", text=f"0213 {number}00", sort_order=number)
    assert count() == few <= 12


def test_a_home_has_one_contact_page():
    home = HomePage.objects.get(locale__language_code="vi")
    assert not ContactPage.can_create_at(home)


@pytest.mark.parametrize(
    ("kind", "text"), [("phone", "gọi cho Lan"), ("email", "ai do"), ("email", "a@b.vn\r\nBcc: c@d.vn")]
)
def test_a_number_or_an_address_that_is_none_is_refused(kind, text):
    with pytest.raises(ValidationError) as refused:
        ContactWay(kind=kind, text=text).clean()
    assert list(refused.value.message_dict) == ["text"]


# --- Written --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "language"), [(VI, "vi"), (EN, "en")])
def test_a_message_is_kept_and_told_to_the_office(client, jobs, address, language):
    answer = client.post(address, letter())

    assert (answer.status_code, answer["Location"]) == (302, f"{address}?da-gui=1")
    kept = Enquiry.objects.get()
    assert (kept.name, kept.email, kept.phone, kept.language) == ("Lò Thị Mẫu", "mau@example.com", "", language)
    assert kept.text == "Trà này còn bán\nđến bao giờ?" and ("12" in kept.consent) and kept.answered_at is None
    [mail] = jobs.mails()
    assert (mail.to, mail.reply_to) == (["office@example.com"], ["mau@example.com"])
    assert mail.subject == "Thư liên hệ: Một sản phẩm, Lò Thị Mẫu"
    for part in ("Trà này còn bán\nđến bao giờ?", "Trà Sencha", f"/cms/lien-he/{kept.pk}/"):
        assert part in mail.body, part


def test_the_page_after_it_thanks_and_has_no_form(client):
    shown = read(client, **{"da-gui": "1"})
    assert "Đã nhận thư của bạn" in shown and "<textarea" not in shown and f'href="{VI}">Viết thư khác' in shown


def test_a_telephone_is_enough(client, jobs):
    client.post(VI, letter(reach="0912 345 678"))

    assert Enquiry.objects.values_list("email", "phone").get() == ("", "+84912345678")
    [mail] = jobs.mails()
    assert mail.reply_to == [] and "0912 345 678" in mail.body


def test_without_an_address_of_the_office_a_message_is_kept_all_the_same(client, settings):
    settings.CONTACT_EMAIL = ""
    client.post(VI, letter())
    assert (Enquiry.objects.count(), Mail.objects.count()) == (1, 0)


def test_the_same_form_sent_twice_is_kept_once_and_other_words_are_kept_too(client):
    for sent in (letter(), letter(), letter(message="Một câu hỏi khác hẳn."), letter(token="mã khác")):
        assert client.post(VI, sent)["Location"] == f"{VI}?da-gui=1"
    assert Enquiry.objects.count() == Mail.objects.count() == 3


def test_each_form_has_a_token_of_its_own(client):
    tokens = {BeautifulSoup(read(client), "html.parser").find("input", {"name": "token"})["value"] for _ in range(2)}
    assert len(tokens) == 2 and all(len(token) == 22 for token in tokens)


WRONG = {
    "name": ("", "Hãy điền mục này.", "Please fill this in."),
    "reach": ("mau@", "Địa chỉ thư chưa đúng.", "This email address is not right."),
    "subject": ("gold", "Hãy chọn một mục trong danh sách.", "Choose one from the list."),
    "message": ("Alo", "Lời nhắn ngắn quá", "message is too short"),
    "consent": ("", "Cần bạn đồng ý mục này mới gửi được.", "We can only take this with your consent."),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(client, name):
    value, *sentences = WRONG[name]
    sent = letter(**{name: value})
    for address, sentence in zip((VI, EN), sentences, strict=True):
        response = client.post(address, sent)
        shown = BeautifulSoup(response.content, "html.parser")
        marked = shown.select("form.form [aria-invalid=true]")
        assert [each["name"] for each in marked] == [name]
        assert sentence in shown.find(id=f"id_{name}-help").text
        kept = {each["name"]: each.get("value", "") for each in shown.select("form.form input[value]")}
        assert {key: kept[key] for key in ("token", "reference")} == {"token": "một mã", "reference": "Trà Sencha"}
        if name != "message":
            assert shown.textarea.text.strip() == "Trà này còn bán\nđến bao giờ?".replace("\n", "\r\n")
    assert (Enquiry.objects.count(), Mail.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("length", "is_kept"), [(SHORTEST - 1, False), (SHORTEST, True), (LONGEST, True), (LONGEST + 1, False)]
)
def test_a_message_has_a_length(client, length, is_kept):
    client.post(VI, letter(message="\r\n".join(["ă", "ă" * (length - 2)])))
    assert Enquiry.objects.exists() is is_kept


@pytest.mark.parametrize(
    "reach", ["mau@example.com\r\nBcc: all@example.com", "1900 1234", "x" * 250 + "@b.vn", "\0@b.vn"]
)
def test_what_nobody_could_answer_is_refused(client, reach):
    client.post(VI, letter(reach=reach))
    assert (Enquiry.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_script_is_shown_as_it_was_typed(client):
    shown = client.post(VI, letter(name="<script>alert(1)</script>", consent="")).content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown


def test_a_machine_is_thanked_and_forgotten(client):
    answer = client.post(VI, letter(website="https://spam.example"))
    assert (answer["Location"], Enquiry.objects.count()) == (f"{VI}?da-gui=1", 0)


def test_who_has_sent_ten_messages_waits_and_keeps_what_is_written(client):
    answers = [client.post(VI, letter(token=str(number))) for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Hãy đợi một giờ" in answers[-1].content.decode() and "đến bao giờ?" in answers[-1].content.decode()
    assert Enquiry.objects.count() == 10
    assert Client(REMOTE_ADDR="10.1.1.1").post(VI, letter(token="b")).status_code == 302


def test_a_form_without_its_secret_is_refused():
    assert Client(enforce_csrf_checks=True).post(VI, letter()).status_code == 403
    assert Enquiry.objects.count() == 0


def test_a_link_may_say_what_the_question_is_about(client):
    assert 'value="Trà &quot;Shan&quot;"' in read(client, ve='Trà "Shan"')


@pytest.mark.parametrize("fields", [{"email": ""}, {"answered_at": timezone.now()}])
def test_the_database_refuses_what_makes_no_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_enquiry(**fields)


def test_messages_are_forgotten_after_twelve_months():
    for days in (364, 366):
        kept = make_enquiry()
        Enquiry.objects.filter(pk=kept.pk).update(sent_at=timezone.now() - timedelta(days=days))

    forget_old_enquiries()
    forget_old_enquiries()

    assert [each.key for each in Enquiry.objects.all()] == ["k0"]
    assert "showcase.enquiries.forget_old_enquiries" in {each.name for each in registered_timers()}


# --- Answered -------------------------------------------------------------------------------------------------------


def test_chief_editors_read_messages_and_note_who_answered():
    first, second = make_enquiry(), make_enquiry(name="Trần Mẫu", phone="+84912345678", text="<b>Dòng</b>\nhai")
    chief = client_of("chief_editor", name="Biên tập Mẫu")
    assert "/cms/lien-he/" in chief.get("/cms/").content.decode()

    whole = chief.get(f"/cms/lien-he/{second.pk}/").content.decode()
    assert "&lt;b&gt;Dòng&lt;/b&gt;<br>hai" in whole and "Chưa trả lời" in whole
    chief.post(f"/cms/lien-he/{first.pk}/da-tra-loi/")

    first.refresh_from_db()
    assert first.answered_by == chief.user and first.answered_at is not None
    for state, there, gone in (("new", "Trần Mẫu", "Người 0"), ("answered", "Người 0", "Trần Mẫu")):
        listed = chief.get("/cms/lien-he/", {"state": state}).content.decode()
        assert there in listed and gone not in listed
    assert "Biên tập Mẫu đã trả lời" in listed
    chief.post(f"/cms/lien-he/{first.pk}/da-tra-loi/", {"undo": "1"})
    assert Enquiry.objects.waiting().count() == 2


def test_who_answers_second_changes_nothing():
    one, other, enquiry = make_user(), make_user(), make_enquiry()
    assert [mark_answered(enquiry, by=one), mark_answered(enquiry, by=other)] == [True, False]
    assert Enquiry.objects.get().answered_by == one


@pytest.mark.parametrize("role", ["editor", "translator", "shop_manager", "provincial_officer"])
def test_nobody_else_reads_them(role):
    enquiry, client = make_enquiry(), client_of(role)
    for address in ("/cms/lien-he/", "/cms/lien-he/results/", f"/cms/lien-he/{enquiry.pk}/"):
        assert client.get(address).status_code == 403, address
    assert client.post(f"/cms/lien-he/{enquiry.pk}/da-tra-loi/").status_code == 403
    assert Enquiry.objects.waiting().exists()
    if role in ("editor", "translator"):
        assert "/cms/lien-he/" not in client.get("/cms/").content.decode()


def test_the_list_asks_as_much_for_thirty_as_for_one():
    client = client_of("administrator")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/cms/lien-he/").status_code == 200
        return len(queries)

    make_enquiry(answered_at=timezone.now(), answered_by=make_user())
    count()
    one = count()
    for _ in range(30):
        make_enquiry(answered_at=timezone.now(), answered_by=make_user())
    assert count() == one
