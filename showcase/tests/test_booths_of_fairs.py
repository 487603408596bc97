"""Producers ask for booths; the organiser accepts or declines."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from factories import make_member, make_producer, make_user
from outbox.models import Mail
from shop.codes import new_key
from showcase import booths
from showcase.booths import accept, decline
from showcase.loading import load_pages
from showcase.models import BoothRequest, FairPage
from showcase.models.fair import Booth
from showcase.registrations import Refused
from showcase.tests.fairs import make_fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    load_pages()
    return make_fair(booth_places=2)


@pytest.fixture
def chief(db):
    return make_user("chief_editor")


def form_at(fair, language="vi") -> str:
    return (
        f"/en/fairs/booth/{fair.translation_key}/"
        if language == "en"
        else f"/hoi-cho/gian-hang/{fair.translation_key}/"
    )


def typed(producer="", **fields) -> dict:
    told = {
        "name": "Vàng Thị Mẫu",
        "phone": "0912 345 678",
        "email": "mau@vidu.vn",
        "note": "Cần điện.",
        "consent": "on",
    }
    return {**told, "producer": producer, "form_key": new_key(), **fields}


def ask(client, fair, producer, **fields) -> BoothRequest:
    assert client.post(form_at(fair), typed(producer.name, **fields)).status_code == 302
    return BoothRequest.objects.get(producer=producer)


def test_a_producer_asks_from_the_fairs_page_and_is_told(client, fair):
    maker = make_producer(name="Hợp tác xã Bản Mẫu", email="htx@vidu.vn")
    assert form_at(fair) in client.get(fair.url).content.decode()

    answer = client.post(form_at(fair), typed("hop tac xa BAN MAU"), follow=True)

    assert "Đã gửi đề nghị gian hàng." in answer.content.decode()
    row = BoothRequest.objects.get()
    assert (row.producer, row.state, row.phone, row.asked_by) == (maker, "waiting", "+84912345678", None)
    assert "90 ngày" in row.consent
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["htx@vidu.vn", "mau@vidu.vn"]


def test_a_member_finds_their_producer_filled_in_and_is_known(client, fair):
    maker = make_producer(name="Hợp tác xã Bản Mẫu")
    member = make_member(maker)
    client.force_login(member, "accounts.login.EmailOrPhoneBackend")

    assert 'value="Hợp tác xã Bản Mẫu"' in client.get(form_at(fair)).content.decode()

    assert ask(client, fair, maker).asked_by == member


def test_a_name_that_may_mean_several_is_asked_for_and_one_is_chosen(client, fair):
    one, two = make_producer(name="Chè Bản Một"), make_producer(name="Chè Bản Hai")
    make_producer(name="Chè Bản Ba", suspended_at=timezone.now(), suspension_reason="Thử")

    page = client.post(form_at(fair), typed("chè bản")).content.decode()

    assert f'value="{one.slug}"' in page and f'value="{two.slug}"' in page and "Chè Bản Ba" not in page
    assert "Cần điện." in page and 'value="Vàng Thị Mẫu"' in page
    client.post(form_at(fair), typed("chè bản", producer_slug=two.slug))
    assert BoothRequest.objects.get().producer == two


@pytest.mark.parametrize("name", ["Không có ai", "Chè Ngừng"])
def test_who_is_not_public_cannot_be_named(client, fair, name):
    make_producer(name="Chè Ngừng", suspended_at=timezone.now(), suspension_reason="Thử")

    page = client.post(form_at(fair), typed(name)).content.decode()

    assert "Không có nhà sản xuất nào tên như vậy trên trang này." in page
    assert not BoothRequest.objects.exists()


def test_a_producer_asks_once_a_fair_and_the_same_form_is_one_request(client, fair):
    maker = make_producer()
    once = typed(maker.name)

    statuses = [client.post(form_at(fair), sent).status_code for sent in (once, once, typed(maker.name))]

    assert statuses == [302, 302, 409] and BoothRequest.objects.count() == 1
    row = BoothRequest.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        BoothRequest.objects.create(desk=row.desk, producer=maker, key="x", form_key="y", language="vi", consent="c")


def test_who_was_declined_may_ask_again(client, fair, chief):
    maker = make_producer()
    decline(ask(client, fair, maker), "Đã đủ chè.", by=chief)

    assert client.post(form_at(fair), typed(maker.name)).status_code == 302
    assert "Đã đủ chè." in Mail.objects.get(key__startswith="booth_declined").text


def test_an_accepted_request_is_a_booth_on_the_page_of_each_language(client, fair, chief):
    english = make_fair("en", twin=fair)
    maker = make_producer(name="Hợp tác xã Bản Mẫu", name_en="Ban Mau Co-operative")
    request = ask(client, fair, maker)
    assert "Hợp tác xã Bản Mẫu" not in client.get(fair.url).content.decode()

    accept(request, "B7", by=chief)

    page, other = (client.get(each.url).content.decode() for each in (fair, english))
    assert "<td>B7</td>" in page and "Hợp tác xã Bản Mẫu" in page
    assert "<td>B7</td>" in other and "Ban Mau Co-operative" in other
    assert "Vàng Thị Mẫu" not in page + other and "Cần điện" not in page + other
    letter = Mail.objects.get(key__startswith="booth_accepted")
    assert letter.to == "mau@vidu.vn" and "B7" in letter.text


def test_a_booth_given_stays_when_a_draft_begun_before_is_published(client, fair, chief):
    fair.title = "Hội chợ chè xuân"
    draft = fair.save_revision()
    accept(ask(client, fair, make_producer(name="Hợp tác xã Bản Mẫu")), "B7", by=chief)

    draft.publish()

    page = client.get(fair.url).content.decode()
    assert "Hội chợ chè xuân" in page and "<td>B7</td>" in page


def test_no_more_booths_are_given_than_there_are(client, fair, chief):
    Booth.objects.create(page=fair, producer=make_producer(), number="A1")
    first, second = ask(client, fair, make_producer()), ask(client, fair, make_producer())
    with pytest.raises(Refused, match="Gian a1 đã có chủ"):
        accept(first, "a1", by=chief)
    accept(first, "A2", by=chief)

    with pytest.raises(Refused, match="đã đủ số gian"):
        accept(second, "A3", by=chief)

    second.refresh_from_db()
    assert second.state == "waiting"
    assert "Các gian hàng đã có chủ." in client.get(fair.url).content.decode()
    assert client.post(form_at(fair), typed(make_producer().name)).status_code == 409


def test_whoever_has_a_booth_of_an_editor_gets_no_second(client, fair, chief):
    request = ask(client, fair, make_producer())
    Booth.objects.create(page=fair, producer=request.producer, number="A1")

    with pytest.raises(Refused, match="đã có gian ở hội chợ"):
        accept(request, "A2", by=chief)

    request.refresh_from_db()
    assert request.state == "waiting"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"live": False}, "Hội chợ không còn nhận gian hàng."),
        ({"booth_places": None}, "Hội chợ này không nhận đề nghị gian hàng qua trang."),
    ],
)
def test_what_an_editor_changed_while_a_producer_waited_for_the_desk_counts(client, fair, fields, why, monkeypatch):
    lock_desk, maker = booths.lock_desk, make_producer()

    def change_and_lock(page):
        FairPage.objects.update(**fields)
        return lock_desk(page)

    monkeypatch.setattr(booths, "lock_desk", change_and_lock)

    answer = client.post(form_at(fair), typed(maker.name))

    assert answer.status_code == 409 and why in answer.content.decode()
    assert not BoothRequest.objects.exists()


def test_the_form_of_one_fair_may_be_sent_at_another(client, fair):
    maker, other = make_producer(), make_fair(slug="hoi-cho-khac", booth_places=2)
    once = typed(maker.name)

    assert [client.post(form_at(each), once).status_code for each in (fair, other, other)] == [302, 302, 409]
    assert BoothRequest.objects.count() == 2


def test_an_answer_is_given_once_and_a_yes_may_be_taken_back(client, fair, chief):
    request = ask(client, fair, make_producer())
    accept(request, "A1", by=chief)
    with pytest.raises(Refused):
        accept(request, "A2", by=chief)

    decline(request, "Đổi mặt bằng.", by=chief)

    request.refresh_from_db()
    assert (request.state, request.number, request.reason) == ("declined", "", "Đổi mặt bằng.")
    assert "<td>A1</td>" not in client.get(fair.url).content.decode()


@pytest.mark.parametrize("fields", [{"booth_places": None}, {"is_cancelled": True, "cancel_reason": "Mưa."}, "begun"])
def test_a_fair_that_takes_no_booths_says_so_and_takes_none(client, fair, fields):
    today = timezone.localdate()
    if fields == "begun":
        fields = {"starts_on": today, "ends_on": today + timedelta(days=1)}
    FairPage.objects.filter(pk=fair.pk).update(**fields)

    answer = client.post(form_at(fair), typed(make_producer().name))

    assert answer.status_code == 409 and not BoothRequest.objects.exists()


def test_a_fair_that_is_not_public_has_no_form(client, fair):
    FairPage.objects.update(live=False)
    assert client.get(form_at(fair)).status_code == 404
