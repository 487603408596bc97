"""Reading what no link leads to: errors, letters, refusals of forms, the screens of work."""

from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from catalogue.models import Variant
from factories import PASSWORD, make_purchase, make_user
from journeys import fairs
from journeys.pages import Page, read_page
from outbox.models import Mail
from producers.models import Producer
from shop import messages, transfers, workflow
from shop.models import Purchase
from showcase import enquiries
from showcase.models import Registration
from storefront.views.errors import error_page

ERRORS = ("400", "403", "404", "500", "503", "expired", "locked")


def on_sale() -> Variant:
    """A variant of a plain product that is in stock, of a producer who delivers everywhere."""
    return (
        Variant.objects.filter(is_on_sale=True, product__stockrecords__num_in_stock__gte=30)
        .exclude(listing__product_set__in=(14, 15, 18, 26))
        .filter(listing__producer__reach="country")
        .order_by("pk")[0]
    )


def buy_and_be_told(language: str) -> tuple[list[Purchase], dict[str, list[Mail]]]:
    """Lead purchases through all that may happen to them; they, and the letters by their template."""
    told = messages.PRODUCER_LANGUAGE, enquiries.OFFICE_LANGUAGE
    messages.PRODUCER_LANGUAGE = enquiries.OFFICE_LANGUAGE = language
    Mail.objects.all().delete()
    try:
        with translation.override(language), override_settings(CONTACT_EMAIL="office@example.com"):
            write_to_the_office(language)
            purchases = lead_purchases_through_everything(language)
            fairs.lead_fairs_through_everything(language, by=make_user("chief_editor", name="Kim"))
    finally:
        messages.PRODUCER_LANGUAGE, enquiries.OFFICE_LANGUAGE = told
    letters, producer = {}, on_sale().listing.producer
    for mail in Mail.objects.filter(language=language).order_by("pk"):
        for name in (producer.name, producer.area.full_name, producer.area.parent.full_name):
            if mail.key.startswith("producer_"):  # a producer reads these names as they are
                mail.text = mail.text.replace(name, "…")
        letters.setdefault(mail.key.partition(":")[0], []).append(mail)
    return purchases, letters


def write_to_the_office(language: str) -> None:
    told = {"name": "Kim", "email": "kim@example.com", "phone": "", "reference": "OCOP", "text": "Kim", "consent": "OK"}
    enquiries.write_enquiry(language, subject=enquiries.Enquiry.Subject.PRESS, language=language, **told)


def lead_purchases_through_everything(language: str) -> list[Purchase]:
    def buy(method):
        return make_purchase(on_sale(), method=method, language=language, name="Kim", street="12 Kim", commune=commune)

    commune, producer = on_sale().listing.area, on_sale().listing.producer
    Producer.objects.filter(pk=producer.pk).update(email="maker@example.com")
    manager = make_user("shop_manager", name="Kim", language=language)
    sent = buy("cash")
    parcel = sent.parcels.get()
    workflow.pack(parcel, by=manager)
    workflow.send(parcel, by=manager)
    differs, taken, paid = buy("transfer"), buy("transfer"), buy("transfer")
    transfer = transfers.record_transfer(differs, amount=differs.total - 1, reference=f"A{language}", by=manager)
    transfers.return_money(transfer, by=manager)
    for refund in differs.refunds.all():
        workflow.note_refund_paid(refund, by=manager, reference=f"B{language}")
    more = transfers.record_transfer(taken, amount=taken.total + 5_000, reference=f"C{language}", by=manager)
    transfers.accept_difference(more, by=manager)
    transfers.record_transfer(paid, amount=paid.total, reference=f"D{language}", by=manager)
    workflow.cancel(Purchase.objects.get(pk=paid.pk), by=manager, reason="Kim")
    lapsed = buy("transfer")
    Purchase.objects.filter(pk=lapsed.pk).update(pay_before=timezone.now())
    transfers.end_run_out_purchases()
    return [sent, differs, taken, paid, lapsed, buy("transfer"), buy("cash")]


def read_errors(language: str) -> list[Page]:
    prefix = "/en/" if language == "en" else "/"
    pages = []
    for name in ERRORS:
        path = f"{prefix}nothing-{name}/"
        answer = error_page(RequestFactory().get(path), name, 500)
        pages.append(read_page(f"http://testserver{path}", answer.content.decode(), 500))
    missing = Client(raise_request_exception=False).get(f"{prefix}nothing-here/")
    return [*pages, read_page(f"http://testserver{prefix}nothing-here/", missing.content.decode(), missing.status_code)]


def read_refusals(language: str, purchases: list[Purchase]) -> list[Page]:
    """Pages that no link leads to: baskets, checkouts, purchases, log-in, and what forms refuse."""
    cache.clear()
    with translation.override(language):
        commune = on_sale().listing.area
        person = make_user(name="Kim", email=f"kim-{language}@example.com", language=language)
        to = {name: reverse(name) for name in "login account account_password basket basket_add checkout".split()}
        to |= {name: reverse(name) for name in "find_purchase check search".split()}
        to |= {purchase.key: reverse("purchase", args=[purchase.key]) for purchase in purchases}
    Purchase.objects.filter(pk=purchases[0].pk).update(user=person)
    read = []

    def look(client, path, data=None, post=False):
        answer = (client.post if post else client.get)(path, data or {}, follow=True)
        last = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        read.append(read_page(f"http://testserver{last}", answer.content.decode(), answer.status_code))

    def send(client, path, **data):
        look(client, path, data, post=True)

    visitor = Client(raise_request_exception=False)
    for path in (to["login"], to["basket"], to["checkout"], to["find_purchase"], to["check"], to["search"]):
        look(visitor, path)
    send(visitor, to["login"])
    send(visitor, to["login"], name="nobody@example.com", password="wrong wrong wrong")
    send(visitor, to["find_purchase"])
    send(visitor, to["find_purchase"], code="AAAAA-AAAAA", phone="12")
    look(visitor, to["check"], {"code": "zzz"})
    look(visitor, to["search"], {"q": "zzzqqq"})
    send(visitor, to["basket_add"], variant="0")
    send(visitor, to["basket_add"], variant=on_sale().pk, quantity="2")
    look(visitor, to["checkout"])
    send(visitor, to["checkout"])
    send(visitor, to["checkout"], name="Kim", phone="12", email="kim", commune="zzz", street="1", method="gold")
    send(
        visitor,
        to["checkout"],
        name="Kim",
        phone="0912345678",
        commune=commune.full_name_en,
        commune_code=commune.code,
        street="1",
        method="cash",
    )
    for purchase in purchases:
        look(visitor, to[purchase.key])
    with translation.override(language):
        around_fairs = fairs.addresses(language, Registration.objects.filter(language=language))
    for path in around_fairs.values():
        look(visitor, path)
    for name in ("activity, open", "booth"):
        send(visitor, around_fairs[name])
    send(visitor, around_fairs["activity, open"], name="Kim", phone="12", email="kim", people="99", consent="on")
    send(visitor, around_fairs["activity, closed"], name="Kim", phone="0912345678", people="1", consent="on")
    send(visitor, around_fairs["booth"], name="Kim", phone="0912345678", producer="zzz", consent="on")
    member = logged_in(person)
    look(member, to["account"])
    send(member, to["account"], name="", language="xx")
    look(member, to["account_password"])
    send(member, to["account_password"])
    send(member, to["account_password"], old="wrong", new="short", again="other")
    send(member, to["account_password"], old=PASSWORD, new="1234567890", again="1234567890")
    send(member, to["account"], name="Kim", language=language)
    return read


def logged_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, "accounts.login.EmailOrPhoneBackend")
    return client


def read_work(language: str) -> list[Page]:
    """The shop manager's screens, in the language that the manager has chosen."""
    client = logged_in(make_user("shop_manager", name="Kim", language=language))
    with translation.override(language):
        names = "manage manage_delivery manage_transfers manage_purchases manage_refunds".split()
        paths = [reverse(name) for name in names]
        for purchase in Purchase.objects.filter(name="Kim", language=language):
            paths += [reverse("manage_purchase", args=[purchase.code])]
            paths += [reverse("manage_transfer_received", args=[purchase.code])]
    read = [read_page(f"http://testserver{path}", client.get(path).content.decode()) for path in paths]
    for path in paths:
        refused = client.post(path, {"amount": "x", "reference": ""})
        if refused.status_code not in (403, 404, 405):
            read.append(read_page(f"http://testserver{path}", refused.content.decode(), refused.status_code))
    return [page for page in read if page.html]
