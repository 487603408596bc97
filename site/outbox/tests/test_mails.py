"""Letters are written once, in the reader's language, and each leaves once, whatever the mail server does."""

import smtplib
import socketserver
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from outbox.mails import claim, send_waiting, withdraw_mails, write_mail
from outbox.models import Mail
from outbox.upkeep import erase_old_mails


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server that can be switched off and that refuses who has 'nobody' in the address."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), MailConversation)
        self.received = []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class MailConversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "QUIT":
                return self.say("221 bye")
            if word == "DATA":
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
                    lines.append(line.decode())
                self.server.received.append("\n".join(lines))
                self.say("250 taken")
            elif word == "RCPT" and "nobody" in line:
                self.say("550 no such mailbox")
            else:
                self.say("250 yes")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    yield server
    server.stop()


@pytest.fixture
def letter(settings, tmp_path):
    """A template of a letter: `letter(subject=…, txt=…, html=…)` writes its files and returns its name."""
    (tmp_path / "emails").mkdir()
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]

    def write(**parts):
        for ending, text in parts.items():
            (tmp_path / "emails" / f"letter.{ending}").write_text(text)
        return "letter"

    return write


@pytest.fixture
def plain(letter):
    return letter(subject="Chào {{ name }}", txt="Xin chào {{ name }}.")


def make_due():
    Mail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def test_a_letter_is_rendered_when_it_is_written_with_an_html_part_if_there_is_one(db, letter):
    name = letter(subject="Đơn {{ code }}\n", txt="{{ site_url }}: {{ what }}", html="<p>{{ what }}</p>")

    write_mail("a", "lan@example.com", "vi", name, {"code": "AB12", "what": "Mắm & muối"})

    row = Mail.objects.get()
    assert (row.subject, row.text, row.html) == (
        "Đơn AB12",
        "http://localhost:8000: Mắm & muối\n",
        "<p>Mắm &amp; muối</p>",
    )


def test_a_letter_is_written_in_its_reader_s_language_whoever_causes_it(db, letter):
    name = letter(subject="{% load i18n %}{% get_current_language as now %}{{ now }}", txt="{{ language }}")

    write_mail("a", "jo@example.com", "en", name, {})

    assert Mail.objects.values_list("subject", "text", "language").get() == ("en", "en\n", "en")


def test_the_same_key_is_written_once_and_leaves_the_transaction_alive(db, plain):
    write_mail("a", "lan@example.com", "vi", plain, {"name": "Lan"})

    with transaction.atomic():
        write_mail("a", "mai@example.com", "vi", plain, {"name": "Mai"})
        write_mail("b", "mai@example.com", "vi", plain, {"name": "Mai"})

    assert list(Mail.objects.order_by("key").values_list("key", "to")) == [
        ("a", "lan@example.com"),
        ("b", "mai@example.com"),
    ]


def test_a_letter_of_a_transaction_that_fails_does_not_exist(db, plain):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write_mail("a", "lan@example.com", "vi", plain, {"name": "Lan"})
        _ = 1 / 0

    assert Mail.objects.count() == 0


def test_who_has_no_address_gets_no_letter(db, plain):
    write_mail("a", "", "vi", plain, {"name": "Lan"})

    assert Mail.objects.count() == 0


def test_a_line_break_in_a_name_adds_no_header(db, plain):
    write_mail("a", "lan@example.com", "vi", plain, {"name": "Lan\r\nBcc: all@example.com"})
    send_waiting()

    [sent] = mail.outbox
    assert sent.subject == "Chào Lan Bcc: all@example.com"
    assert sent.recipients() == ["lan@example.com"]


@pytest.mark.parametrize("given", ["lan@example.com", " lan@example.com\r\n"])
def test_a_letter_is_answered_to_whom_it_names(db, plain, given):
    write_mail("a", "office@example.com", "vi", plain, {"name": "Lan"}, reply_to=given)
    write_mail("b", "office@example.com", "vi", plain, {"name": "Mai"})
    send_waiting()

    first, second = (sent.message() for sent in mail.outbox)
    assert (first["Reply-To"], second["Reply-To"]) == ("lan@example.com", None)


def test_what_follows_a_line_break_in_an_answer_s_address_becomes_no_header(db, plain):
    write_mail(
        "a", "office@example.com", "vi", plain, {"name": "Lan"}, reply_to="lan@example.com\r\nBcc: all@example.com"
    )
    send_waiting()

    assert [(sent.recipients(), sent.message()["Bcc"]) for sent in mail.outbox] == [(["office@example.com"], None)]


def test_a_letter_is_sent_once_and_named_by_its_key(db, plain):
    write_mail("a", "lan@example.com", "vi", plain, {"name": "Lan"})
    send_waiting()
    make_due()
    send_waiting()
    Mail.objects.update(sent_at=None)  # as after a worker that died before it could note the sending
    send_waiting()

    first, again = mail.outbox
    assert first.message()["Message-ID"] == again.message()["Message-ID"]
    assert first.body == "Xin chào Lan.\n"


def test_a_mail_server_down_for_an_hour_loses_nothing_and_doubles_nothing(db, plain, mail_server):
    mail_server.stop()
    for number in range(5):
        write_mail(f"letter {number}", f"lan{number}@example.com", "vi", plain, {"name": "Lan"})

    for _ in range(60):  # a look a minute
        assert send_waiting() == 0
    back = MailServer(mail_server.port)
    sent = [send_waiting(), send_waiting()]
    back.stop()

    assert sent == [5, 0]
    to = sorted(line for text in back.received for line in text.splitlines() if line.startswith("To: "))
    assert to == [f"To: lan{number}@example.com" for number in range(5)]
    assert set(Mail.objects.values_list("attempts", "given_up", "error")) == {(1, False, "")}


def test_a_refused_letter_waits_while_the_others_leave(db, plain, mail_server):
    write_mail("refused", "nobody@example.com", "vi", plain, {"name": "?"})
    write_mail("good", "lan@example.com", "vi", plain, {"name": "Lan"})

    assert send_waiting() == 1

    refused = Mail.objects.get(key="refused")
    assert (refused.attempts, refused.given_up, refused.sent_at) == (1, False, None)
    assert "550" in refused.error
    wait = refused.next_attempt_at - timezone.now()
    assert timedelta(seconds=50) < wait <= timedelta(minutes=1)


def test_a_letter_refused_ten_times_is_given_up(db, plain, mail_server):
    write_mail("refused", "nobody@example.com", "vi", plain, {"name": "?"})

    for _ in range(12):
        make_due()
        send_waiting()

    assert Mail.objects.values_list("attempts", "given_up").get() == (10, True)
    assert mail_server.received == []


def test_a_mail_backend_that_breaks_in_any_way_stops_nobody(db, plain, monkeypatch):
    def break_down(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", break_down)
    write_mail("a", "lan@example.com", "vi", plain, {"name": "Lan"})

    assert send_waiting() == 0
    assert Mail.objects.get().error == "SMTPServerDisconnected('gone')"


def test_one_letter_belongs_to_one_worker(db, plain):
    write_mail("a", "lan@example.com", "vi", plain, {"name": "Lan"})
    seen_by_one, seen_by_other = Mail.objects.get(), Mail.objects.get()

    assert [claim(seen_by_one), claim(seen_by_other)] == [True, False]


def test_four_workers_at_once_send_each_letter_once(transactional_db, plain, mail_server):
    for number in range(12):
        write_mail(f"letter {number}", f"lan{number}@example.com", "vi", plain, {"name": "Lan"})

    def work():
        send_waiting()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    to = sorted(line for text in mail_server.received for line in text.splitlines() if line.startswith("To: "))
    assert to == sorted(f"To: lan{number}@example.com" for number in range(12))


def test_addresses_and_texts_are_erased_thirty_days_after_sending_and_the_key_stays(db, plain):
    for key, days in (("old", 31), ("new", 29)):
        write_mail(key, "lan@example.com", "vi", plain, {"name": "Lan"}, reply_to="mai@example.com")
        Mail.objects.filter(key=key).update(sent_at=timezone.now() - timedelta(days=days))

    erase_old_mails()

    assert list(Mail.objects.order_by("key").values_list("key", "to", "reply_to", "subject", "text")) == [
        ("new", "lan@example.com", "mai@example.com", "Chào Lan", "Xin chào Lan.\n"),
        ("old", "", "", "", ""),
    ]


def test_a_withdrawn_letter_tells_nothing_and_is_neither_sent_nor_written_again(db, plain):
    for key in ("visit:1:", "visit:1:again", "visit:12:"):
        write_mail(key, "lan@example.com", "vi", plain, {"name": "Lan"}, reply_to="mai@example.com")
    Mail.objects.filter(key="visit:1:").update(sent_at=timezone.now())

    withdraw_mails("visit:1:", "other:1:")
    write_mail("visit:1:again", "lan@example.com", "vi", plain, {"name": "Lan"})

    assert send_waiting() == 1
    told = Mail.objects.order_by("pk").values_list("key", "to", "reply_to", "subject", "text", "html", "given_up")
    assert list(told)[:2] == [(key, "", "", "", "", "", True) for key in ("visit:1:", "visit:1:again")]
    assert told[2][:4] == ("visit:12:", "lan@example.com", "mai@example.com", "Chào Lan") and not told[2][6]
