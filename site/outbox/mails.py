"""Letters: written in the transaction that causes them, sent afterwards by the worker, each once.

`write_mail` is called by a rule, inside its transaction: the letter exists exactly if what it tells of does.
`send_waiting` is called by the worker. A worker that dies between sending and noting it sends that letter once more
after the lease, under the same Message-ID, by which mailboxes know it.
"""

import logging
from datetime import timedelta
from functools import reduce
from operator import or_
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac

from outbox.backoff import wait_after
from outbox.models import Mail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # far longer than sending takes: EMAIL_TIMEOUT is 20 seconds
MAX_ATTEMPTS = 10  # about two and a half days


def write_mail(key: str, to: str, language: str, template: str, context: dict, reply_to: str = "") -> None:
    """Write one letter, to be sent when the caller's transaction has committed.

    `key` says what it is about ("purchase-placed:ABCD"): a second letter of the same key is not written. It is
    rendered now, in `language` ("vi" or "en"), from templates/emails/<template>.subject, .txt and, if there is one,
    .html. Who has given no address gets no letter. Templates also know `site_url`, `programme`, `operator`, `language`.
    `reply_to` is a bare address that a form has checked.
    """
    if not to or Mail.objects.filter(key=key).exists():
        return
    with translation.override(language):
        context = {
            "site_url": settings.SITE_URL,
            "programme": settings.PROGRAMME_NAME,
            "operator": settings.OPERATOR,
            "language": language,
            **context,
        }
        subject = render(f"emails/{template}.subject", context, escape=False)
        text = render(f"emails/{template}.txt", context, escape=False)
        try:
            html = render(f"emails/{template}.html", context, escape=True)
        except TemplateDoesNotExist:
            html = ""
    mail = Mail(
        key=key,
        to="".join(to.split()),
        reply_to="".join(reply_to.split()),
        language=language,
        subject=" ".join(subject.split())[:200],  # one line: a name with a line break in it adds no header
        text=text.strip() + "\n",
        html=html.strip(),
    )
    # Two who write the same key at once: the second changes nothing, and its transaction lives on.
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def withdraw_mails(*beginnings: str) -> None:
    """Erase the letters whose keys begin so, sent or not; none of them is sent any more. The keys stay, so that none is
    written again. Call it in the transaction that erases whom they tell of."""
    begin_so = reduce(or_, (Q(key__startswith=beginning) for beginning in beginnings))
    Mail.objects.filter(begin_so).update(to="", reply_to="", subject="", text="", html="", error="", given_up=True)


def render(name: str, context: dict, escape: bool) -> str:
    """A template as text; plain letters are not escaped, or "Mắm & muối" would read "Mắm &amp; muối"."""
    return get_template(name).template.render(Context(context, autoescape=escape))


def send_waiting(keep_going=lambda: True) -> int:
    """Send the letters whose time has come; return how many left. Never raises for a mail or a mail server.

    A server that does not answer is no letter's fault: they wait, uncounted. A letter that is refused is tried ten
    times, ever later, and then given up. `keep_going` is asked between letters.
    """
    sent = 0
    connection = None
    for mail in Mail.objects.waiting().filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at")[:200]:
        if not keep_going():
            break
        if connection is None:
            connection = open_connection()
            if connection is None:
                break
        if not claim(mail):
            continue
        if send(mail, connection):
            sent += 1
        else:
            close(connection)
            connection = None
    if connection is not None:
        close(connection)
    return sent


def open_connection():
    """A connection to the mail server, or None where it does not answer or does not let us in."""
    try:
        connection = get_connection()
        connection.open()
        return connection
    except Exception as error:  # whatever a network does
        logger.warning("the mail server does not answer: %s", error)
        return None


def close(connection) -> None:
    try:
        connection.close()
    except Exception as error:
        logger.info("the mail server hung up: %s", error)


def claim(mail: Mail) -> bool:
    """Take the letter for the time of the lease; False when another worker has it."""
    lease_ends_at = timezone.now() + LEASE
    unchanged = Mail.objects.waiting().filter(pk=mail.pk, next_attempt_at=mail.next_attempt_at)
    return unchanged.update(next_attempt_at=lease_ends_at, attempts=F("attempts") + 1) == 1


def send(mail: Mail, connection) -> bool:
    """Hand a claimed letter to the server and note what came of it."""
    try:
        message(mail, connection).send()
    except Exception as error:  # refused, cut off, malformed: all wait and try again
        attempts = mail.attempts + 1
        given_up = attempts >= MAX_ATTEMPTS
        logger.log(logging.ERROR if given_up else logging.WARNING, "mail %s: attempt %s: %s", mail.key, attempts, error)
        fields = {
            "next_attempt_at": timezone.now() + wait_after(attempts),
            "given_up": given_up,
            "error": f"{error!r}"[:300],
        }
        Mail.objects.waiting().filter(pk=mail.pk).update(**fields)  # not one withdrawn meanwhile
        return False
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="")
    return True


def message(mail: Mail, connection) -> EmailMultiAlternatives:
    """The letter as it travels. Its Message-ID follows from its key alone."""
    host = urlsplit(settings.SITE_URL).hostname
    letter = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        connection=connection,
        headers={
            "Message-ID": f"<{salted_hmac('outbox.mails', mail.key).hexdigest()}@{host}>",
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        letter.attach_alternative(mail.html, "text/html")
    return letter
