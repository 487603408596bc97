"""The checkout, on one page: who, where, how to pay; the total with delivery is shown before anything is bought."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from oscar.apps.basket.models import Basket

from areas.finding import find_units
from areas.history import today
from areas.models import Area
from outbox.wording import unmarked
from shop import baskets, payment
from shop.models import Purchase
from shop.placing import Buyer, Refused, place
from shop.preview import Offer, price_delivery, sign_preview
from storefront.checkout_form import CheckoutForm, resolve_place
from storefront.chosen_commune import read_chosen_commune, remember_commune
from storefront.views.basket import COOKIE, basket_of, remember, whole_number


@never_cache
def checkout(request):
    found = baskets.find_basket(request.COOKIES.get(COOKIE))
    if found and found.status != Basket.OPEN:  # sent twice, or the back button after buying
        purchase = Purchase.objects.filter(basket=found).first()
        if purchase:
            return redirect("purchase", key=purchase.key)
    contents = baskets.read_contents(found if found and found.status == Basket.OPEN else None)
    if not contents.items:
        return redirect("basket")
    if request.method == "POST":
        return submit(request, contents)
    commune = read_chosen_commune(request)
    form = CheckoutForm(contents=contents, initial=first_values(request, commune))
    return show(request, form, price_delivery(contents, commune) if commune else None, list(contents.problems))


def first_values(request, commune: Area | None) -> dict:
    values = {}
    if commune:
        values = {"commune": commune.full_name, "commune_code": commune.code, "province": commune.parent_id}
    if request.user.is_authenticated:
        values |= {"name": request.user.name, "phone": request.user.phone or "", "email": request.user.email or ""}
    return values


def submit(request, contents: baskets.Contents):
    form = CheckoutForm(request.POST, contents=contents)
    is_complete = form.is_valid()
    offer = price_delivery(contents, form.commune) if form.commune else None
    preview = request.POST.get("preview", "")
    if not is_complete:
        return show(request, form, offer, [])
    if not preview:  # the first time the commune is known: show the total, then ask
        return show(request, form, offer, [], asks_again=True)
    try:
        purchase = place(contents.basket, buyer_of(request, form), preview)
    except Refused as refusal:
        fresh = baskets.read_contents(contents.basket)
        return show(request, form, price_delivery(fresh, form.commune), refusal.sentences, status=409)
    return remember_commune(remember(redirect("purchase", key=purchase.key), None, 0), purchase.commune)


def buyer_of(request, form: CheckoutForm) -> Buyer:
    data = form.cleaned_data
    typed = data["commune"].strip()
    return Buyer(
        name=data["name"].strip(),
        phone=data["phone"],
        email=data["email"],
        commune=form.commune,
        typed_place="" if typed == form.commune.full_name else typed,
        street=data["street"].strip(),
        method=data["method"],
        language=get_language(),
        birth_date=data["birth_date"],
        user=request.user if request.user.is_authenticated else None,
        notes=form.notes,
        consents=form.consents,
    )


def show(request, form: CheckoutForm, offer: Offer | None, refusals: list[str], *, asks_again=False, status=200):
    contents = offer.contents if offer else form.contents
    response = render(
        request,
        "storefront/checkout.html",
        {
            "form": form,
            "contents": contents,
            "offer": offer,
            "preview": sign_preview(offer) if offer and not offer.unserved else "",
            "refusals": refusals,
            "asks_again": asks_again,
            "notes": [
                {"name": unmarked(b.name), "field": form[f"note_{b.producer.pk}"]} for b in form.contents.bundles
            ],
            "consents": [form[name] for name in form.fields if name.startswith("consent_")],
            "account": payment.account(),
            "provinces_now": [area for area in form.fields["province"].queryset if area.held_until is None],
            "provinces_before": [area for area in form.fields["province"].queryset if area.held_until is not None],
        },
        status=status,
    )
    return remember_commune(response, offer.commune) if offer else response


@require_GET
def communes_named(request):
    """Suggestions while a commune is typed: old names too, with what they are today."""
    province = chosen_province(request.GET.get("province"))
    matches = find_units(request.GET.get("q", "")[:100], province=province, limit=8)
    found = [
        {"label": match.label, "code": match.today[0].code if len(match.today) == 1 else ""}
        for match in matches
        if match.area.level == "commune"
    ]
    return JsonResponse({"communes": found})


def chosen_province(pk: str | None) -> Area | None:
    area = Area.objects.provinces().filter(pk=whole_number(pk, 0)).first()
    return today(area)[0] if area else None


@never_cache
@require_GET
def delivery_quote(request):
    """The summary with delivery to the commune in question, as the checkout page shows it; changes nothing."""
    contents = baskets.read_contents(basket_of(request))
    place_meant = resolve_place(
        request.GET.get("commune", "")[:150],
        request.GET.get("commune_code", "")[:5],
        chosen_province(request.GET.get("province")),
    )
    offer = price_delivery(contents, place_meant.one) if place_meant.one and contents.items else None
    return render(
        request,
        "parts/_summary.html",
        {
            "contents": contents,
            "offer": offer,
            "preview": sign_preview(offer) if offer and not offer.unserved else "",
            "hint": "" if offer else _("Chọn nơi nhận để biết phí giao hàng."),
        },
    )
