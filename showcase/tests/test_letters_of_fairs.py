"""What letters to people at fairs tell, and to whom they go."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from factories import make_producer, make_user
from outbox.models import Mail
from outbox.wording import moment
from shop.codes import new_key
from showcase.booths import ask, decline
from showcase.loading import load_pages
from showcase.models import BoothRequest, FairPage, Registration
from showcase.registrations import cancel, follow_publication, register
from showcase.tests.fairs import come, key_of, make_fair, states, typed, wish

pytestmark = pytest.mark.django_db
TOO_MANY = "Hôm nay chúng tôi đã gửi nhiều thư tới địa chỉ này."
SAMPLE = "Đây là hội chợ mẫu, không có thật."


@pytest.fixture
def fair():
    load_pages()
    return make_fair(booth_places=5)


def asked(fair, **fields) -> BoothRequest:
    told = {"name": "Kanari", "phone": "+84912345678", "email": "mau@vidu.vn", "note": "", "language": "vi"}
    return ask(fair, make_producer(), consent="Tôi đồng ý.", form_key=new_key(), **{**told, **fields})


def test_letters_tell_the_hour_that_the_site_tells(fair):
    hour = fair.activities.get().starts_at
    make_fair("en", twin=fair, activity={"starts_at": hour + timedelta(hours=3)})

    register(key_of(fair), wish(language="en"))

    with translation.override("en"):
        right, wrong = moment(hour), moment(hour + timedelta(hours=3))
    text = Mail.objects.get().text
    assert "Tea making" in text and right in text and wrong not in text


def test_no_letter_carries_what_a_stranger_typed_as_a_name(client, fair):
    come(fair, 5)
    client.post(f"/hoi-cho/dang-ky/{key_of(fair)}/", typed(name="Kanari", email="la@vidu.vn"))
    cancel(Registration.objects.earliest("pk"))

    letters = Mail.objects.filter(to="la@vidu.vn")

    assert [mail.text.startswith("Chào bạn,") for mail in letters] == [True, True]
    assert not any("Kanari" in mail.subject + mail.text for mail in letters)


def test_an_address_gets_so_many_letters_a_day_and_nothing_typed_is_lost(client, fair, monkeypatch):
    monkeypatch.setattr("showcase.fair_views.LETTERS", 2)
    visit, booth = f"/hoi-cho/dang-ky/{key_of(fair)}/", f"/hoi-cho/gian-hang/{fair.translation_key}/"
    for _ in range(2):
        client.post(visit, typed(email="la@vidu.vn", people=""))  # wrong: no letter
        client.post(visit, typed(email="la@vidu.vn"))
        cancel(Registration.objects.latest("pk"))

    answers = [
        client.post(visit, sent := typed(email="LA@vidu.vn")),
        client.post(booth, typed(email="la@vidu.vn", producer=make_producer().name)),
    ]

    for answer in answers:
        assert answer.status_code == 429 and TOO_MANY in answer.content.decode()
    assert all(f'value="{sent[name]}"' in answers[0].content.decode() for name in ("name", "phone", "email", "people"))
    assert states(fair) == ["cancelled"] * 2 and Mail.objects.count() == 2
    assert client.post(visit, typed()).status_code == client.post(visit, typed(email="b@vidu.vn", phone="")).status_code
    assert states(fair)[2:] == ["confirmed"] * 2


def test_a_closed_activity_counts_no_letters(client, fair, monkeypatch):
    monkeypatch.setattr("showcase.fair_views.LETTERS", 1)
    FairPage.objects.update(is_cancelled=True, cancel_reason="Mưa.")

    sent = [client.post(f"/hoi-cho/dang-ky/{key_of(fair)}/", typed(email="la@vidu.vn")) for _ in range(2)]

    assert [answer.status_code for answer in sent] == [409, 409]


def test_a_page_that_is_not_published_is_neither_shown_nor_mailed(client, fair):
    english = make_fair("en", twin=fair, booth_places=5)
    FairPage.objects.filter(pk=english.pk).update(live=False)

    row = register(key_of(fair), wish(language="en"))
    asked(fair, language="en")

    with translation.override("en"):
        own = reverse("registration", args=[row.key])
    texts = [client.get(own).content.decode(), *Mail.objects.values_list("text", flat=True)]
    assert len(texts) == 4
    for text in texts:
        assert "Hội chợ chè" in text and not any(draft in text for draft in ("Tea making", "Tea fair"))


def test_whoever_cancels_is_erased_from_our_letters_too(fair):
    full, waits = come(fair, 5, 1)
    follow_publication(fair.translation_key)
    cancel(full)
    FairPage.objects.update(is_cancelled=True, cancel_reason="Mưa.")
    follow_publication(fair.translation_key)
    kinds = [mail.key.partition(":")[0] for mail in Mail.objects.filter(to=waits.email).order_by("pk")]
    assert kinds == ["registration_waiting", "registration_moved_up", "fair_cancelled"]

    cancel(waits)

    assert set(Mail.objects.values_list("to", "subject", "text", "given_up")) == {("", "", "", True)}


def test_each_letter_of_a_sample_fair_says_so():
    load_pages()
    fair = make_fair(booth_places=5, is_sample=True)
    come(fair, 1)
    decline(asked(fair), "Đã đủ chè.", by=make_user("chief_editor"))
    FairPage.objects.filter(pk=fair.pk).update(is_cancelled=True, cancel_reason="Mưa.")
    follow_publication(fair.translation_key)

    texts = list(Mail.objects.values_list("text", flat=True))

    assert len(texts) == 5 and all(SAMPLE.rstrip(".") in text for text in texts)
