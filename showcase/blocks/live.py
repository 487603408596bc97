"""Blocks that show things as they are today: products with price and stars, their makers, places, figures."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, ListBlock, StructBlock

from catalogue.models import FIRST_SETS_OF_ALCOHOL, Group
from discovery.tally import communes_held
from producers.models import Producer
from showcase.choosers import ProducerChooserBlock, ProductChooserBlock, choosable_products
from showcase.gathering import Count, Figure, Rule, gathered_in, places


def group_choices():
    """Groups of which some set is no alcohol."""
    sober = ~Q(sets__in=FIRST_SETS_OF_ALCOHOL) & Q(sets__isnull=False)
    return list(Group.objects.filter(sober).distinct().order_by("position").values_list("slug", "name"))


def commune_choices():
    """The province's present communes and wards."""
    return [(area.slug, area.full_name) for area in communes_held()]


class HeldChoiceBlock(ChoiceBlock):
    """A choice among rows. The slug is kept as it is: to compare it with the rows would ask the database for each block
    of a page that is read."""

    def normalize_choice(self, value):
        return value


class ProductsBlock(StructBlock):
    """Products that an editor chose, in that order."""

    products = ListBlock(ProductChooserBlock(), label=_("Các sản phẩm"), min_num=1, max_num=24)

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {
            "offers": gathered_in(parent_context, [("products", value)]).offers_of(value["products"])
        }

    class Meta:
        icon = "pick"
        label = _("Sản phẩm")
        description = _("Sản phẩm bạn chọn, với giá và sao của hôm nay.")
        template = "showcase/blocks/products.html"

    def get_preview_value(self):
        return self.normalize({"products": list(choosable_products()[:2])})


class ProductsByRuleBlock(StructBlock):
    """Products that answer a rule, the newest first; which ones is found when the page is read."""

    title = CharBlock(label=_("Tên phần này"), required=False, max_length=120)
    group = HeldChoiceBlock(group_choices, label=_("Nhóm"), required=False)
    commune = HeldChoiceBlock(commune_choices, label=_("Xã, phường"), required=False)
    producer = ProducerChooserBlock(label=_("Nhà sản xuất"), required=False)
    stars = ChoiceBlock(
        [("5", _("5 sao")), ("4", _("4 sao trở lên")), ("3", _("có sao"))], label=_("Sao"), required=False
    )
    in_season = ChoiceBlock([("yes", _("đang vào mùa"))], label=_("Mùa"), required=False)
    count = IntegerBlock(label=_("Nhiều nhất"), min_value=1, max_value=24, default=4)

    def get_context(self, value, parent_context=None):
        rule = Rule.of(value)
        return super().get_context(value, parent_context) | {
            "cards": gathered_in(parent_context, [("products_by_rule", value)]).cards_by(rule)
        }

    class Meta:
        icon = "cogs"
        label = _("Sản phẩm theo quy tắc")
        description = _("Sản phẩm mới nhất của một nhóm, xã, nhà sản xuất hay số sao; tự đổi theo ngày.")
        template = "showcase/blocks/products_by_rule.html"
        preview_value = {
            "title": "Từ 4 sao", "group": "", "commune": "", "producer": None, "stars": "4", "in_season": "", "count": 4
        }  # fmt: skip


class ProducerBlock(StructBlock):
    producer = ProducerChooserBlock(label=_("Nhà sản xuất"))

    def get_context(self, value, parent_context=None):
        gathered = gathered_in(parent_context, [("producer", value)])
        return super().get_context(value, parent_context) | {
            "row": gathered.producers.get(value["producer"].pk) if value["producer"] else None
        }

    class Meta:
        icon = "group"
        label = _("Nhà sản xuất")
        description = _("Tên, nơi ở và đường đến trang của một nhà sản xuất.")
        template = "showcase/blocks/producer.html"

    def get_preview_value(self):
        return self.normalize({"producer": Producer.objects.public().first()})


class PlacesBlock(StructBlock):
    title = CharBlock(label=_("Tên bản đồ"), required=False, max_length=120)
    communes = ListBlock(HeldChoiceBlock(commune_choices), label=_("Các xã, phường"), min_num=1, max_num=38)

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"places": places(value["communes"])}

    class Meta:
        icon = "site"
        label = _("Bản đồ các nơi")
        description = _("Các xã, phường được nói đến, trên bản đồ của tỉnh, kèm đường đến từng nơi.")
        template = "showcase/blocks/places.html"

    def get_preview_value(self):
        return self.normalize({"title": "", "communes": [slug for slug, _name in commune_choices()[:3]]})


class FigureBlock(StructBlock):
    """A number that is counted anew each time the page is read."""

    what = ChoiceBlock(Figure.choices, label=_("Con số"), default=Figure.RATED)
    commune = HeldChoiceBlock(commune_choices, label=_("Xã, phường"), required=False)
    group = HeldChoiceBlock(group_choices, label=_("Nhóm"), required=False)
    text = CharBlock(label=_("Lời đi kèm"), max_length=120, help_text=_("Ví dụ: sản phẩm đang có sao ở Tân Phong"))

    def get_context(self, value, parent_context=None):
        gathered = gathered_in(parent_context, [("figure", value)])
        return super().get_context(value, parent_context) | {"number": gathered.numbers[Count.of_block(value)]}

    class Meta:
        icon = "order"
        label = _("Con số hôm nay")
        description = _("Số sản phẩm, nhà sản xuất hay sao, đếm lại mỗi lần có người đọc.")
        template = "showcase/blocks/figure.html"
        preview_value = {"what": "rated", "commune": "", "group": "", "text": "sản phẩm đang có sao"}
