"""Logging in and out, and what a person sees and changes about themselves."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.login import QUARTER_HOUR, LoginForm, TooManyTries, check_person
from accounts.phones import display_phone
from accounts.profile import PasswordForm, ProfileForm
from accounts.roles import ADMINISTRATOR, CHIEF_EDITOR, EDITOR, SHOP_MANAGER, TRANSLATOR, roles_of
from accounts.throttle import count_try, forget_try
from shop.codes import grouped
from shop.models import Purchase
from storefront.paging import Paging
from storefront.views.errors import error_page

PURCHASES_A_PAGE = 20
GUESSES_AT_THE_OLD_PASSWORD = 5


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request):
    wanted = safe_next(request)
    if request.user.is_authenticated:
        return redirect(wanted or settings.LOGIN_REDIRECT_URL)
    form = LoginForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = check_person(request, form.cleaned_data["name"], form.cleaned_data["password"])
        except TooManyTries:
            return locked_out(request)
        if person is not None:
            auth.login(request, person)
            return redirect(wanted or settings.LOGIN_REDIRECT_URL)
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy xem lại cả hai rồi thử lần nữa."))
    return render(request, "storefront/login.html", {"form": form, "next": wanted})


@require_POST
def logout(request):
    auth.logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect("home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    person = request.user
    form = ProfileForm(typed(request), instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(person.language):  # the answer already speaks the language that was chosen
            messages.success(request, _("Đã lưu thông tin của bạn."))
            return redirect("account")
    person.refresh_from_db(fields=["name", "language"])  # a refused form has written on the object
    mine = Purchase.objects.of(person)
    paging = Paging(request, mine.count(), PURCHASES_A_PAGE)
    return render(
        request,
        "storefront/account.html",
        {
            "form": form,
            "person": person,
            "phone": display_phone(person.phone or ""),
            "places": places_of(person),
            "purchases": [(grouped(purchase.code), purchase) for purchase in mine[paging.slice]],
            "paging": paging,
        },
    )


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request):
    person, guesser = request.user, str(request.user.pk)
    if request.method == "POST" and not count_try(
        "old_password", guesser, limit=GUESSES_AT_THE_OLD_PASSWORD, seconds=QUARTER_HOUR
    ):
        return locked_out(request)
    form = PasswordForm(person, typed(request))
    if request.method == "POST":
        if form.is_valid():
            person.set_password(form.cleaned_data["new"])
            person.save(update_fields=["password"])
            auth.update_session_auth_hash(request, person)  # this session lives on, all others die
            messages.success(request, _("Đã đổi mật khẩu."))
        if "old" not in form.errors:
            forget_try("old_password", guesser)
        if not form.errors:
            return redirect("account")
    return render(request, "storefront/account_password.html", {"form": form})


def locked_out(request, response=None, credentials=None) -> HttpResponse:
    """The answer to too many guesses, django-axes' too. It repeats nothing of what was typed."""
    return error_page(request, "locked", 429, **{"Retry-After": str(QUARTER_HOUR), "Cache-Control": "no-store"})


def typed(request):
    """What a form was sent; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def safe_next(request) -> str:
    """Where to go after log-in: an address of this site, or nothing."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours and wanted != resolve_url(settings.LOGIN_URL) else ""


def places_of(person) -> list[dict]:
    """The screens that a person's roles open."""
    held = roles_of(person)
    places = [
        ({EDITOR, CHIEF_EDITOR, TRANSLATOR, ADMINISTRATOR}, "wagtailadmin_home", _("Biên tập trang")),
        ({SHOP_MANAGER, ADMINISTRATOR}, "manage", _("Quản lý cửa hàng")),
    ]
    return [{"address": reverse(name), "label": label} for roles, name, label in places if held & roles]
