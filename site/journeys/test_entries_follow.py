"""Whatever is changed, and in whatever order: the jobs leave the same entries as building all of them anew."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from areas.models import Area, Level, Succession, Village
from catalogue.models import Listing, Product, ProductImage, Variant
from discovery.entries import rebuild_all
from discovery.models import Entry, Kind, Word
from discovery.words import FAR, NAME, OTHER
from factories import make_commune, make_producer, make_product, make_purchase, make_recognition
from pictures.models import Picture
from pictures.tests.taking import photograph, take
from producers.models import Producer
from producers.suspension import lift_suspension, suspend
from programme.models import Recognition
from programme.recognition import file_re_evaluation, withdraw
from shop.models import Purchase
from shop.partner.models import StockRecord
from shop.workflow import cancel
from showcase.found import PAGES
from showcase.loading import load_pages
from showcase.models import StoryIndexPage
from showcase.scheduling import publish_and_withdraw_scheduled_pages
from showcase.tests.kinds import INDEXES, write
from showcase.tests.writing import index_of

pytestmark = pytest.mark.django_db
ALCOHOL = 14
TIMES_EACH = 2


def new_picture() -> Picture:
    return take(photograph(48, 24))


class World:
    """A few of everything, a chance that picks among them, and the changes that people make."""

    def __init__(self, seed: int, monkeypatch, jobs):
        self.chance, self.monkeypatch, self.jobs = random.Random(seed), monkeypatch, jobs
        self.today, self.number = timezone.localdate(), 0
        load_pages()
        communes = [make_commune() for _ in range(3)]
        pictures = [new_picture() for _ in range(3)]
        for commune in communes:
            commune.villages.create(slug=f"ban-{commune.pk}", name="Bản Hon", people="Lự")
            make_producer(area=commune, picture=self.chance.choice(pictures))
        for number in (1, 2, 6, 9, ALCOHOL, 26):
            product = make_product(self.one(Producer), set_number=number, sizes=self.chance.choice((1, 3)), in_stock=6)
            ProductImage.objects.create(product=product, original=self.chance.choice(pictures))
            make_recognition(product, stars=self.chance.choice((3, 4, 5)))
        for kind in PAGES:
            for language in ("vi", "en"):
                write(kind, language, slug=f"{kind}-1", **self.about(kind))
            both = write(kind, slug=f"{kind}-2", picture=self.chance.choice(pictures), **self.about(kind))
            write(kind, "en", slug=f"{kind}-2", translation_key=both.translation_key, **self.about(kind))

    def about(self, kind: str) -> dict:
        return {"village": self.one(Village)} if kind == "village" else {}

    def one(self, model, **of):
        """One of the rows that there are now, as they are in the database; None where there is none."""
        return self.chance.choice(list(model.objects.filter(**of).order_by("pk")) or [None])

    def name(self) -> str:
        self.number += 1
        return f"{self.chance.choice(('Chè', 'Mật ong', 'Đũi', 'Gạo'))} {self.number}"

    def product(self) -> Product:
        return self.one(Product, listing__isnull=False)

    def page(self, **of):
        return self.one(PAGES[self.chance.choice(list(PAGES))], **of)

    def set(self, row, **fields) -> None:
        if row:
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()

    def publish(self, page, **fields) -> None:
        if page:
            for name, value in fields.items():
                setattr(page, name, value)
            page.save_revision().publish()

    # --- Products -----------------------------------------------------------------------------------------------

    def product_renamed(self):
        self.set(self.product(), title=self.name())

    def product_hidden_or_shown(self):
        product = self.product()
        self.set(product, is_public=not product.is_public)

    def product_added(self):
        make_product(self.one(Producer), set_number=self.chance.choice((1, 6)))

    def product_deleted(self):
        if product := self.one(Product, listing__isnull=False, pk__in=self.unbought()):
            product.recognitions.all().delete()  # a product with stars may not be deleted
            product.decision_lines.all().delete()
            product.delete()

    def size_deleted(self):
        if child := self.one(Product, parent__in=self.unbought()):
            child.delete()

    def unbought(self):
        return Product.objects.filter(listing__isnull=False).exclude(listing__variants__product__line__isnull=False)

    def listing_told_otherwise(self):
        self.set(
            self.one(Listing),
            name_en=self.name(),
            summary="Hái tay",
            summary_en="Picked by hand",
            season_from=3,
            season_to=5,
        )

    def listing_of_another_place(self):
        village = self.one(Village)
        self.set(self.one(Listing), area=village.commune, village=village)

    def listing_of_another_producer(self):
        self.set(self.one(Listing), producer=self.one(Producer))

    def priced_otherwise(self):
        self.set(self.one(StockRecord), price=self.chance.randrange(10_000, 900_000))

    def stocked_otherwise(self):
        stock = self.one(StockRecord)
        self.set(stock, num_in_stock=stock.num_allocated + self.chance.choice((0, 0, 7)))

    def size_taken_off_sale_or_offered(self):
        variant = self.one(Variant)
        self.set(variant, is_on_sale=not variant.is_on_sale, unit=f"túi {self.number}")

    def image_taken_away(self):
        if image := self.one(ProductImage):
            image.delete()

    def bought(self):
        sold = {
            "is_on_sale": True,
            "product__stockrecords__num_in_stock__gt": 4,
            "listing__producer__suspended_at": None,
        }
        open_to_all = {"listing__product__is_public": True, "listing__product_set__lt": ALCOHOL}
        if variant := self.one(Variant, **sold, **open_to_all):
            make_purchase((variant, variant.product.stockrecords.get().net_stock_level or 1))

    def cancelled(self):
        if purchase := self.one(Purchase, state=Purchase.State.CONFIRMED):
            cancel(purchase, reason="Đổi ý")

    # --- Stars --------------------------------------------------------------------------------------------------

    def recognised(self):
        make_recognition(self.product(), stars=self.chance.choice((3, 4, 5)))

    def withdrawn(self):
        if recognition := self.one(Recognition, withdrawn_on=None):
            withdraw(recognition, on=date.today(), cause=Recognition.Cause.values[0])

    def filed_for_re_evaluation(self):
        if recognition := self.one(Recognition):
            file_re_evaluation(recognition, on=date.today())

    def years_passed(self):
        self.today += timedelta(days=500)
        self.monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: self.today)

    # --- Producers and places -------------------------------------------------------------------------------------

    def producer_suspended_or_not(self):
        producer = self.one(Producer)
        lift_suspension(producer) if producer.suspended_at else suspend(producer, reason="Kiểm tra")

    def producer_renamed(self):
        self.set(self.one(Producer), name=self.name(), name_en=self.name())

    def producer_moved(self):
        self.set(self.one(Producer), area=self.one(Area, level=Level.COMMUNE, held_until=None))

    def producer_deleted(self):
        make_producer(picture=self.one(Picture))
        self.one(Producer, listings=None).delete()

    def village_renamed(self):
        self.set(self.one(Village), name=self.name(), people=self.chance.choice(("Lự", "Dao")))

    def village_deleted(self):
        listing, commune = self.one(Listing), make_commune()
        village = commune.villages.create(slug=f"ban-{commune.pk}", name="Bản cũ")
        self.set(listing, village=village)
        self.jobs()
        village.delete()

    def commune_renamed(self):
        commune = self.one(Area, level=Level.COMMUNE, held_until=None)
        self.set(commune, full_name=f"Xã {self.name()}", full_name_en="Renamed commune", aliases=["Tên khác"])

    def commune_joined_by_another(self):
        day = date(2025, 6, 30)
        former = Area.from_full_name(f"Xã {self.name()}", level=Level.COMMUNE, code=f"{self.number:05}", held_until=day)
        former.save()
        Succession.objects.create(former=former, present=self.one(Area, level=Level.COMMUNE, held_until=None))

    def picture_described_otherwise(self):
        self.set(self.one(Picture), alt=self.name(), alt_en="Another")

    def picture_deleted(self):
        if picture := self.one(Picture, product_images=None):
            picture.delete()
        self.set(self.one(Producer), picture=new_picture())

    def picture_cut_elsewhere(self):
        corner = {"focal_point_x": 8, "focal_point_y": 8, "focal_point_width": 8, "focal_point_height": 8}
        self.set(self.one(Picture), **corner)

    # --- Pages --------------------------------------------------------------------------------------------------

    def page_published(self):
        self.publish(self.page(), title=self.name(), summary="Viết lại", picture=self.one(Picture))

    def page_with_another_address(self):
        self.number += 1
        self.publish(self.page(), slug=f"dia-chi-{self.number}")

    def page_unpublished(self):
        if page := self.page(live=True):
            page.unpublish()

    def page_expired(self):
        if page := self.page(live=True):
            page.expire_at = timezone.now()
            page.save()
        publish_and_withdraw_scheduled_pages()

    def page_moved(self):
        self.number += 1
        index = index_of(StoryIndexPage, self.chance.choice(("vi", "en")))
        if page := self.one(PAGES["story"]):
            self.publish(page, slug=f"chuyen-{self.number}")  # free below the other index
            type(page).objects.get(pk=page.pk).move(index, "last-child")

    def page_closed(self):
        if page := self.page():
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def index_closed(self):
        index = self.index()
        PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)

    def page_opened(self):
        for restriction in PageViewRestriction.objects.all():
            restriction.delete()

    def index_with_another_address(self):
        self.number += 1
        self.publish(self.index(), slug=f"muc-{self.number}")

    def page_deleted(self):
        if page := self.page():
            page.delete()

    def page_written(self):
        self.number += 1
        kind = self.chance.choice(list(PAGES))
        write(kind, self.chance.choice(("vi", "en")), slug=f"moi-{self.number}", **self.about(kind))

    def village_page_of_another_village(self):
        self.publish(self.one(PAGES["village"]), village=self.one(Village))

    def fair_put_off(self):
        first = date(2027, 1, 1) + timedelta(days=self.chance.randrange(99))
        self.publish(self.one(PAGES["fair"]), starts_on=first, ends_on=first, is_cancelled=True, cancel_reason="Bão")

    def index(self):
        return index_of(INDEXES[self.chance.choice(list(PAGES))][0], self.chance.choice(("vi", "en")))


CHANGES = [
    change
    for name, change in vars(World).items()
    if not name.startswith("_")
    and name not in ("about", "one", "name", "product", "page", "set", "publish", "unbought", "index")
]


def rows() -> list[dict]:
    """All columns of all entries but the key that the database gave them."""
    found = list(Entry.objects.order_by("kind", "key").values())
    return [{name: value for name, value in row.items() if name != "id"} for row in found]


def plain_words(entries: list[dict]) -> set[str]:
    return {word[1:] for row in entries for word in row["words"].split() if word[0] in (NAME, OTHER, FAR)}


@pytest.mark.parametrize("seed", [2026])
def test_after_any_change_the_jobs_leave_what_building_all_leaves(seed, jobs, monkeypatch):
    world = World(seed, monkeypatch, jobs)
    changes = CHANGES * TIMES_EACH
    world.chance.shuffle(changes)
    jobs()
    done, before, differed, kinds = [], rows(), 0, set()
    for change in changes:
        change(world)
        done.append(change.__name__)
        jobs()
        followed = rows()
        assert plain_words(followed) <= set(Word.objects.values_list("text", flat=True))
        rebuild_all()
        assert followed == rows(), f"after {done[-1]}, the {len(done)}th; before it {done[-4:-1]}"
        differed += followed != before
        before = followed
        kinds |= {row["kind"] for row in followed}
    assert kinds == set(Kind.values)
    assert differed > len(changes) / 2  # most of them changed what is shown
