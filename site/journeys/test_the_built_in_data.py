"""A new site is filled by one command; a second run finds nothing to do."""

import time
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from wagtail.blocks import StreamValue

from accounts.models import User
from accounts.roles import roles_of
from areas.models import Village
from catalogue.built_in import built_in
from catalogue.models import Branch, FormerBranch, Group, Listing, ProductSet, Variant
from discovery.entries import rebuild_all
from discovery.models import Entry
from pictures import motifs
from pictures.models import Picture
from producers.models import Producer
from programme.models import Decision, Recognition
from programme.standing import standing_of
from shop.models import DeliveryRate
from shop.partner.models import StockRecord
from showcase.models import FairPage, GuidePage, NewsPage, StoryPage, VillagePage

IN_PASSING = {"django_tasks_database.DBTaskResult"}  # jobs come and go


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(kept_lai_chau, kept_database, django_db_blocker):
    """The database as the command left it; what a test changes is undone after it."""
    with django_db_blocker.unblock():
        kept_lai_chau.put_back()
    yield
    with django_db_blocker.unblock():
        kept_database.put_back()


def rows():
    """Every row of every table."""
    return {
        model._meta.label: sorted(repr([*map(plain, row)]) for row in model._base_manager.values_list())
        for model in apps.get_models()
        if model._meta.label not in IN_PASSING and model._meta.managed and not model._meta.proxy
    }


def plain(value):
    """A column's value as it is stored: the blocks of a page's body would be made anew for each reader."""
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def test_everything_is_there():
    data = built_in()
    counts = {
        Branch: 6,
        Group: 17,
        ProductSet: 26,
        FormerBranch: 12,
        Producer: 30,
        Village: 9,
        Listing: 40,
        Variant: sum(len(product["variants"]) for product in data["products"]),
        StockRecord: sum(len(product["variants"]) for product in data["products"]),
        DeliveryRate: 28,
        Picture: len(motifs.names()),
        StoryPage: 32,
        NewsPage: 12,
        FairPage: 4,
        VillagePage: 18,
        GuidePage: 12,
        User: 9,
        Entry: 40 + 30 + 16 + 9 + 2 + 6,  # products, producers, stories, villages, fairs, guides: languages share one
    }
    assert {model: model.objects.count() for model in counts} == counts


def test_a_second_run_changes_no_row_and_takes_no_time():
    before, begun, said = rows(), time.process_time(), StringIO()
    call_command("load_built_in", stdout=said)
    assert time.process_time() - begun < 3
    assert "was complete already" in said.getvalue()
    after = rows()
    assert {label for label in before if before[label] != after[label]} == set()


def test_a_broken_off_load_goes_on_where_it_stopped():
    lost = Listing.objects.get(product__slug="matcha")
    Entry.objects.filter(product=lost.product).delete()
    Recognition.objects.filter(product=lost.product).delete()
    lost.product.decision_lines.all().delete()
    StoryPage.objects.get(slug="khi-ngoi-sao-het-han").delete()
    lost.product.delete()
    call_command("load_built_in", stdout=StringIO())
    assert Entry.objects.get(slug="matcha").price == 75_000
    story = StoryPage.objects.get(slug="khi-ngoi-sao-het-han")
    assert story.get_translations().get().slug == "when-the-stars-run-out"


def test_what_people_have_changed_stays_changed():
    Listing.objects.filter(product__slug="matcha").update(summary="Do biên tập viên viết")
    StockRecord.objects.filter(product__slug="le-giang-ma").update(price=1000)
    DeliveryRate.objects.filter(zone="commune").delete()
    call_command("load_built_in", stdout=StringIO())
    assert Listing.objects.get(product__slug="matcha").summary == "Do biên tập viên viết"
    assert StockRecord.objects.get(product__slug="le-giang-ma").price == 1000
    assert not DeliveryRate.objects.filter(zone="commune").exists()


def test_each_product_is_as_its_source_says():
    for row in built_in()["products"]:
        listing = Listing.objects.select_related("product", "producer", "area").get(product__slug=row["slug"])
        variants = list(listing.variants.all())
        assert (listing.product.title, listing.name_en) == (row["name"], row["name_en"])
        assert (listing.producer.slug, listing.area.code, listing.product_set_id) == (
            row["producer"],
            row["commune"],
            row["set"],
        )
        assert listing.price_is_sample and listing.label_is_sample == bool(row["label"])
        assert listing.product.structure == ("parent" if len(variants) > 1 else "standalone")
        told = [(one["unit"], one["gross_grams"], one["price"], one["stock"]) for one in row["variants"]]
        kept = []
        for variant in variants:
            [stock] = variant.product.stockrecords.all()
            assert stock.partner == listing.producer.partner
            kept.append((variant.unit, variant.gross_grams, int(stock.price), stock.num_in_stock))
        assert kept == told
        assert {variant.is_on_sale for variant in variants} == {listing.is_sold_here}


def test_every_row_would_pass_its_own_form():
    """SQLite keeps texts of any length; PostgreSQL does not."""
    for model in (Branch, Group, ProductSet, Producer, Village, Listing, Variant, Picture, Decision, StoryPage):
        for one in model.objects.all():
            one.clean_fields()


def test_each_product_shows_its_own_motif_first_and_another_beside_it():
    shown = {}
    for row in built_in()["products"]:
        images = Listing.objects.get(product__slug=row["slug"]).product.images.order_by("display_order")
        shown[row["slug"]] = [image.original.motif for image in images]
        assert shown[row["slug"]][0] == row["motif"]
    assert {len(pictures) for pictures in shown.values()} <= {1, 2}
    assert sum(len(pictures) == 2 for pictures in shown.values()) >= 36


def test_each_picture_has_its_files():
    for picture in Picture.objects.all():
        for rows_of_form in picture.files.values():
            assert len(rows_of_form) == 3
            assert all(default_storage.exists(address.removeprefix("/media/")) for *_size, address in rows_of_form)


def test_known_stars_are_in_the_register_and_nowhere_else():
    told = {(row["slug"], row["year"]): (row["stars"], row["stars_are_sample"]) for row in built_in()["products"]}
    kept = Recognition.objects.filter(line__decision__source="register")
    assert {(one.product.slug, one.line.decision.year): (one.line.stars, one.line.is_sample) for one in kept} == told
    officers = {(one.entered_by.email, one.confirmed_by.email) for one in Decision.objects.filter(source="register")}
    assert officers == {("can-bo-1@ocop.example", "can-bo-2@ocop.example")}


def test_every_state_is_on_show():
    products = [listing.product for listing in Listing.objects.select_related("product")]
    states = Counter(standing_of(product).state for product in products)
    assert {state for state, count in states.items() if count} >= {
        "in_force",
        "expiring",
        "re_evaluated",
        "expired",
        "withdrawn",
    }
    yesterday = timezone.localdate() - timedelta(days=1)
    [ended] = [p for p in products if standing_of(p).state == "expired" and standing_of(p, on=yesterday).stars]
    assert ended.slug == "matcha"


def test_a_sample_speaks_for_its_product():
    """A sample decision is the newest of its product, or nobody would see it."""
    for one in Recognition.objects.filter(line__decision__source="sample"):
        assert standing_of(one.product).recognition == one


def test_entries_built_one_by_one_are_the_same():
    before = sorted(
        Entry.objects.values_list("slug", "price", "recognition", "in_stock", "picture_files", "folded"), key=repr
    )
    rebuild_all()
    again = Entry.objects.values_list("slug", "price", "recognition", "in_stock", "picture_files", "folded")
    assert sorted(again, key=repr) == before


def test_each_office_has_its_sample_person():
    people = {user.email.partition("@")[0]: user for user in User.objects.all()}
    assert {name: roles_of(user) - {"buyer"} for name, user in people.items()} == {
        "can-bo-1": {"provincial_officer"},
        "can-bo-2": {"provincial_officer"},
        "quan-ly": {"shop_manager"},
        "bien-tap": {"editor"},
        "bien-tap-chinh": {"chief_editor"},
        "nguoi-dich": {"translator"},
        "quan-tri": {"administrator"},
        "chu-gian-hang": {"member"},
        "nguoi-mua": set(),
    }
    assert [name for name, user in people.items() if user.is_superuser] == ["quan-tri"]
    assert people["bien-tap"].has_perm("wagtailadmin.access_admin")


def test_no_telephone_and_no_person_is_made_up():
    assert set(Producer.objects.values_list("phone", "email", "address")) == {("", "", "")}


def test_stories_show_their_products_in_both_languages(client):
    for address, product in (
        ("/cau-chuyen/bay-thu-tra-tam-duong/", "Trà Đông Phương Mỹ Nhân"),
        ("/en/stories/seven-teas-of-tam-duong/", "Oriental Beauty tea"),
    ):
        response = client.get(address)
        assert response.status_code == 200
        page = response.content.decode()
        assert product in page and page.count('class="card"') == 7 and "[vi:" not in page
