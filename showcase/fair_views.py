"""The public pages around a fair: registering for an activity, one's own registration, asking for a booth."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.phones import display_phone
from accounts.throttle import client_address, count_try
from producers.models import Producer
from shop.codes import new_key
from showcase import booths, registrations
from showcase.fair_forms import KEY, BoothForm, RegistrationForm
from showcase.models import Activity, FairPage, Registration

TRIES, WITHIN_SECONDS = 30, 15 * 60  # of one network address: a school class registers from one
LETTERS, A_DAY = 10, 24 * 3600  # to one mail address: anybody can type a stranger's, and register and cancel by turns


def too_often(request) -> str:
    if count_try("fair_form", client_address(request), limit=TRIES, seconds=WITHIN_SECONDS):
        return ""
    return _("Bạn đã gửi nhiều lần. Hãy đợi 15 phút rồi thử lại.")


def too_many_letters(form) -> str:
    """The sentence for whoever would have one more letter sent to an address that got many today; else nothing."""
    email = form.cleaned_data["email"]
    if not email or count_try("fair_letter", email, limit=LETTERS, seconds=A_DAY):
        return ""
    return _(
        "Hôm nay chúng tôi đã gửi nhiều thư tới địa chỉ này. Hãy bỏ trống mục thư điện tử và ghi số điện thoại, hoặc"
        " thử lại ngày mai."
    )


def offered(key) -> tuple[Activity, Activity]:
    """An activity of a public fair in the reader's language, and the row that counts."""
    rows = Activity.objects.of(key)
    shown = rows.filter(page__live=True).in_language(get_language()).first()
    if shown is None or shown.page.get_view_restrictions().exists():
        raise Http404
    return shown, Activity.objects.counting(key)


@never_cache
def activity(request, key):
    shown, counting = offered(key)
    why_closed = counting.why_closed()
    form, refusal, status = RegistrationForm(initial={"form_key": new_key()}), "", 200
    if request.method == "POST":
        form = RegistrationForm(request.POST)
        refusal = too_often(request)
        if not refusal and not why_closed and form.is_valid():
            refusal = too_many_letters(form)
        if refusal:
            status = 429
        elif form.is_valid():
            try:
                return redirect("registration", key=registrations.register(key, wish_of(form)).key)
            except registrations.Refused as error:
                refusal, status = str(error), 409
    taken = Registration.objects.taken([key]).get(key, 0)
    context = {
        "activity": shown,
        "counting": counting,
        "fair": shown.page,
        "places_left": max(counting.capacity - taken, 0),
        "why_closed": why_closed,
        "form": form,
        "form_key": request.POST.get("form_key") or form.initial.get("form_key"),
        "refusal": refusal,
    }
    return render(request, "showcase/activity.html", context, status=status)


def wish_of(form: RegistrationForm) -> registrations.Wish:
    data = form.cleaned_data
    return registrations.Wish(
        **{name: data[name] for name in ("name", "phone", "email", "people", "form_key")},
        language=get_language(),
        consent=str(form.fields["consent"].label),
    )


def registration_at(key: str) -> Registration:
    if not KEY.fullmatch(key):
        raise Http404
    return get_object_or_404(Registration.objects.select_related("desk"), key=key)


@never_cache
def registration(request, key):
    found = registration_at(key)
    shown = Activity.objects.of(found.activity_key).in_language(get_language()).first()
    waits = found.state == Registration.State.WAITING
    context = {
        "registration": found,
        "activity": shown,
        "counting": Activity.objects.counting(found.activity_key) or shown,
        "fair": shown and shown.page,
        "phone": display_phone(found.phone),
        "place_in_line": registrations.place_in_line(found) if waits else 0,
    }
    return render(request, "showcase/registration.html", context)


@require_POST
def cancel_registration(request, key):
    found = registration_at(key)
    registrations.cancel(found)
    return redirect("registration", key=found.key)


@never_cache
def booth_request(request, key):
    pages = FairPage.objects.live().public().filter(translation_key=key).select_related("locale")
    fair = min(pages, key=lambda page: page.locale.language_code != get_language(), default=None)
    if fair is None:
        raise Http404
    why_closed = fair.why_no_booths()
    form, refusal, status = BoothForm(initial=first_values(request)), "", 200
    if request.method == "POST":
        form = BoothForm(request.POST)
        refusal = too_often(request)
        if not refusal and not why_closed and form.is_valid():
            refusal = too_many_letters(form)
        if refusal:
            status = 429
        elif form.is_valid():
            try:
                booths.ask(fair, form.found, asked_by=member_of(request.user, form.found), **told_in(form))
            except registrations.Refused as error:
                refusal, status = str(error), 409
            else:
                messages.success(request, _("Đã gửi đề nghị gian hàng. Ban tổ chức sẽ trả lời bạn."))
                return redirect(fair.url)
    context = {
        "fair": fair,
        "why_closed": why_closed,
        "form": form,
        "form_key": request.POST.get("form_key") or form.initial.get("form_key"),
        "refusal": refusal,
    }
    return render(request, "showcase/booth_request.html", context, status=status)


def told_in(form: BoothForm) -> dict:
    told = {name: form.cleaned_data[name] for name in ("name", "phone", "email", "note", "form_key")}
    return told | {"language": get_language(), "consent": str(form.fields["consent"].label)}


def first_values(request) -> dict:
    """What is known of somebody who is logged in and acts for a producer."""
    values, user = {"form_key": new_key()}, request.user
    if user.is_authenticated and (member := user.memberships.select_related("producer").first()):
        values |= {"name": user.name, "phone": user.phone or "", "email": user.email or ""}
        values |= {"producer": member.producer.name, "producer_slug": member.producer.slug}
    return values


def member_of(user, producer: Producer):
    """The person, where they act for the producer; a stranger has only written its name."""
    is_member = user.is_authenticated and user.memberships.filter(producer=producer).exists()
    return user if is_member else None
