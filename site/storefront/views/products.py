"""The lists of products: all of them, those of a group, and alcohol behind its question."""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.models import Branch, Group
from discovery.browsing import PAGE_SIZE, Wish, browse
from storefront.age import AGE_COOKIE, ask_age, is_of_age
from storefront.chosen_commune import read_chosen_commune
from storefront.paging import Paging, address_with, page_asked_for
from storefront.product_list import context_of_list

ALCOHOL_GROUP = "do-uong-co-con"


def list_of(request, wish: Wish, *, alcohol: bool = False, **context):
    """The list that a wish asks for, with its facets: one page for all products, a group and alcohol."""
    commune, page = read_chosen_commune(request), page_asked_for(request)
    found = browse(wish, alcohol=alcohol, commune=commune, page=page)
    paging = Paging(request, found.count, PAGE_SIZE)
    group, branch = found.lone_group, found.lone_branch
    return render(
        request,
        "storefront/products.html",
        {
            **context_of_list(request, found, paging),
            "lone_group": group,
            "lone_branch": branch,
            "canonical_path": address_of(group, branch, paging, request.path),
            "is_for_search_engines": found.wish
            == Wish(
                branches=(branch.slug,) if branch and not group else (),
                groups=(group.slug,) if group else (),
            ),
            **context,
        },
    )


def address_of(group: Group | None, branch: Branch | None, paging: Paging, path: str) -> str:
    """The one address of a list: a group's own, a branch's, or the whole; with its page."""
    if group:
        path = reverse("product_group", args=[group.slug])
    parameters = {
        "branch": branch.slug if branch and not group else "",
        "page": paging.number if paging.number > 1 else "",
    }
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query}" if query else path


@require_safe
def products(request):
    on_map = address_with(request, reverse("map"), sort=None)
    return list_of(request, Wish.read(request.GET), kind="all", map_address=on_map)


@require_safe
def group(request, slug):
    if slug == ALCOHOL_GROUP:
        return redirect("alcohol")
    found = Group.objects.select_related("branch").filter(slug=slug).first()
    if found is None:
        raise Http404
    wish = replace(Wish.read(request.GET), branches=(), groups=(slug,))
    on_map = address_with(request, reverse("map"), sort=None, branch=None, group=slug)
    return list_of(request, wish, kind="group", group=found, map_address=on_map)


@require_safe
def alcohol(request):
    if not is_of_age(request):
        return ask_age(request)
    return list_of(request, Wish.read(request.GET), alcohol=True, kind="alcohol")


@require_http_methods(["GET", "HEAD", "POST"])
def alcohol_age(request):
    """The age question. The answer is kept until the browser closes, in a cookie that says nothing else."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None) or not target.startswith("/"):
        target = ""
    if request.method == "POST" and request.POST.get("answer") == "yes":
        response = redirect(target or "alcohol")
        response.set_cookie(AGE_COOKIE, "1", samesite="Lax", secure=settings.IS_HTTPS, httponly=True)
        return response
    if request.method == "POST":
        return redirect("products")
    return render(request, "storefront/alcohol_age.html", {"next": target})
