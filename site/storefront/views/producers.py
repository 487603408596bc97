"""Who makes the products, and where: producers and communes."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from areas import history
from areas.commune_map import map_of
from areas.models import Village
from discovery.browsing import PAGE_SIZE, Wish, former_unit_of_programme
from discovery.cards import cards_of
from discovery.models import Entry
from discovery.tally import communes_held
from outbox.wording import is_english
from producers.models import Producer
from storefront.paging import Paging
from storefront.product_page import in_language
from storefront.share_cards import card_of_producer


@require_safe
def producers(request):
    communes = communes_held()
    kind = request.GET.get("kind", "")
    kind = kind if kind in Producer.Kind.values else ""
    wish = Wish.read(request.GET)
    commune = next((area for area in communes if area.slug in wish.communes[:1]), None)
    found = public_producers(kind=kind, commune=commune, words=wish.words)
    paging = Paging(request, found.count(), PAGE_SIZE)
    english, is_narrowed = is_english(), bool(kind or commune or wish.words)
    context = {
        "kind": kind,
        "kinds": Producer.Kind.choices,
        "commune": commune,
        "communes": communes,
        "typed": request.GET.get("q", "")[:100] if wish.words else "",
        "paging": paging,
        "producers": [(row, row.name_en if english else row.name) for row in with_product_counts(found)[paging.slice]],
        "canonical_path": address_of(request, paging, is_narrowed),
        "is_narrowed": is_narrowed,
    }
    return render(request, "storefront/producers.html", context)


def address_of(request, paging: Paging, is_narrowed: bool) -> str:
    """The list's one address. A narrowed one, which search engines pass by, is told as it was asked for, in both
    languages alike."""
    if is_narrowed:
        return request.get_full_path()
    return request.path if paging.number == 1 else f"{request.path}?page={paging.number}"


def public_producers(*, kind="", commune=None, words=()):
    """Producers by kind, commune and words of their own or their products' names."""
    found = Producer.objects.public()
    if kind:
        found = found.filter(kind=kind)
    if commune:
        found = found.filter(area=commune)
    if words:
        entries = Entry.objects.open_to_all()
        for word in words:
            entries = entries.filter(folded__contains=word)
        found = found.filter(pk__in=entries.values("producer"))
    return found


def with_product_counts(found):
    of_producer = Entry.objects.open_to_all().filter(producer=OuterRef("pk")).order_by().values("producer")
    counts = of_producer.annotate(n=Count("pk")).values("n")
    return (
        found.select_related("area", "picture").annotate(products=Coalesce(Subquery(counts), 0)).order_by("name", "pk")
    )


@require_safe
def producer(request, slug):
    found = get_object_or_404(Producer.objects.public().select_related("area__parent", "picture"), slug=slug)
    entries = Entry.objects.open_to_all().filter(producer=found)
    paging = Paging(request, entries.count(), PAGE_SIZE)
    english = is_english()
    about, about_is_foreign = in_language(found, "about", english)
    context = {
        "producer": found,
        "share_card": card_of_producer(found),
        "name": found.name_en if english else found.name,
        "picture_alt": (found.picture.alt_en if english else found.picture.alt) if found.picture else "",
        "about": about,
        "about_is_foreign": about_is_foreign,
        "cards": cards_of(entries.order_by("-listed_at", "-pk")[paging.slice]),
        "paging": paging,
        "map": map_of(communes_held(), found.area),
    }
    return render(request, "storefront/producer.html", context)


@require_safe
def commune(request, slug):
    """A present commune; the name of an older unit leads to what its land is today."""
    communes = communes_held()
    area = next((unit for unit in communes if unit.slug == slug), None)
    if area is None:
        return former_place(request, slug)
    entries = Entry.objects.open_to_all().filter(area=area)
    paging = Paging(request, entries.count(), PAGE_SIZE)
    english = is_english()
    villages = [(village, *in_language(village, "about", english)) for village in Village.objects.filter(commune=area)]
    context = {
        "area": area,
        "former": history.former_names(area),
        "villages": villages,
        "cards": cards_of(entries.order_by("-listed_at", "-pk")[paging.slice]),
        "paging": paging,
        "map": map_of(communes, area),
    }
    return render(request, "storefront/commune.html", context)


def former_place(request, slug):
    """To the one commune that an old name means today, or to a page with the several."""
    former = former_unit_of_programme(slug)
    today = history.today(former) if former else []
    if not today:
        raise Http404
    if len(today) == 1:
        return redirect("commune", today[0].slug)
    return render(request, "storefront/commune_choices.html", {"former": former, "today": today})
