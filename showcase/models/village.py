"""Bản làng du lịch: a village, how one gets there, when, and what is made around it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from areas.commune_map import map_of
from areas.models import Village
from discovery.cards import cards_by_key
from discovery.models import Entry
from discovery.tally import NEWEST, communes_held, tally
from producers.models import Producer
from showcase.models.plain import BodyPage, IndexPage

NEARBY = 4
STAYS = 26  # the set of community tourism (Decision 26/2026)


class VillagePage(BodyPage):
    parent_page_types = ["showcase.VillageIndexPage"]
    subpage_types = []

    village = models.ForeignKey(
        "areas.Village", on_delete=models.PROTECT, related_name="pages", verbose_name=_("bản, làng")
    )
    people = models.CharField(_("người ở bản"), max_length=200, blank=True)
    access = models.CharField(_("đường đến"), max_length=250, blank=True)
    seasons = models.CharField(_("mùa nên đến"), max_length=250, blank=True)
    facilities = models.CharField(_("có ở bản"), max_length=250, blank=True)

    content_panels = [
        *BodyPage.head_panels,
        FieldPanel("village"),
        MultiFieldPanel(
            [FieldPanel("people"), FieldPanel("access"), FieldPanel("seasons"), FieldPanel("facilities")],
            heading=_("Cho người sắp đến"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("trang bản làng")

    def get_context(self, request, *args, **kwargs):
        self.village = Village.objects.select_related("commune__parent").get(pk=self.village_id)
        area = self.village.commune
        stays, products = self.made_here(area.pk)
        facts = (
            (_("Người ở bản"), self.people),
            (_("Đường đến"), self.access),
            (_("Mùa nên đến"), self.seasons),
            (_("Có ở bản"), self.facilities),
        )
        return super().get_context(request, *args, **kwargs) | {
            "area": area,
            "facts": [(name, text) for name, text in facts if text],
            "map": map_of(communes_held(), area),
            "stays": stays,
            "nearby": products,
            "makers": Producer.objects.public().filter(area=area).order_by("name", "pk")[:NEARBY],
        }

    def made_here(self, area_id: int) -> tuple[list, list]:
        """Cards of stays and of other products of the commune, the newest first. One query."""
        held = tally()
        here = held.open_to_all & held.having("area", area_id)
        stays = held.page(here & held.having("product_set", STAYS), NEWEST, slice(0, NEARBY))
        others = held.page(here & ~held.having("product_set", STAYS), NEWEST, slice(0, NEARBY))
        cards = cards_by_key(Entry.objects.open_to_all(), [*stays, *others])
        return tuple([cards[key] for key in keys if key in cards] for keys in (stays, others))

    @classmethod
    def listed(cls, index):
        return super().listed(index).order_by("slug", "pk")  # without accents, so that Đ stands between D and E


class VillageIndexPage(IndexPage):
    lists = VillagePage
    all_of_them = _("Các bản làng")
    none_yet = _("Chưa có bản làng nào được giới thiệu.")
    subpage_types = ["showcase.VillagePage"]

    class Meta:
        verbose_name = _("mục bản làng")

    def get_template(self, request, *args, **kwargs):
        return "showcase/village_index_page.html"
