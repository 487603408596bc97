"""How editors choose a product or a producer: with picture, maker and stars, found without accents.

What stands on an alcohol list cannot be chosen: no page of an editor shows it (the law on harm by alcohol).
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock

from areas.folding import fold
from catalogue.models import FIRST_SETS_OF_ALCOHOL, Listing, Product
from producers.models import Producer
from programme.standing import standing_by

NO_ALCOHOL = _("Đồ uống có cồn không được giới thiệu trong bài. Hãy chọn sản phẩm khác.")


class SearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Tìm"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("tên, không cần dấu")}),
    )

    def filter(self, objects):
        self.search_query = self.cleaned_data.get("q") or None
        words = fold(self.search_query or "").split()[:8]
        self.is_searching = bool(words)
        return self.found(objects, words) if words else objects


class ProductSearchForm(SearchForm):
    def found(self, objects, words):
        for word in words:
            objects = objects.filter(entry__folded__contains=word)
        return objects


class ProducerSearchForm(SearchForm):
    def found(self, objects, words):
        rows = objects.values_list("pk", "name", "name_en")
        named = [pk for pk, *names in rows if all(word in fold(" ".join(names)) for word in words)]
        return objects.filter(pk__in=named)


class ProductColumns:
    filter_form_class = ProductSearchForm
    ordering = ["entry__folded", "pk"]

    def get_object_list(self):
        return choosable_products()

    @cached_property
    def columns(self):
        shown = [
            Column("picture", label=_("Ảnh"), accessor=lambda product: picture_of(product.entry.picture_files)),
            self.title_column,
            Column("producer", label=_("Nhà sản xuất"), accessor=lambda product: product.entry.producer_name),
            Column("stars", label=_("Sao"), accessor=stars_of),
        ]
        return [self.checkbox_column, *shown] if self.is_multiple_choice else shown


class ProductChooseView(ProductColumns, ChooseView):
    pass


class ProductResultsView(ProductColumns, ChooseResultsView):
    pass


class ProducerColumns:
    filter_form_class = ProducerSearchForm
    ordering = ["name", "pk"]

    def get_object_list(self):
        return Producer.objects.public().select_related("area", "picture")

    @cached_property
    def columns(self):
        shown = [
            Column(
                "picture", label=_("Ảnh"), accessor=lambda row: picture_of(row.picture.files if row.picture else {})
            ),
            self.title_column,
            Column("area", label=_("Xã, phường"), accessor=lambda row: row.area.title),
        ]
        return [self.checkbox_column, *shown] if self.is_multiple_choice else shown


class ProducerChooseView(ProducerColumns, ChooseView):
    pass


class ProducerResultsView(ProducerColumns, ChooseResultsView):
    pass


def is_alcohol(product_id: int | None) -> bool:
    """Does a product stand on an alcohol list?"""
    return Listing.objects.filter(product_id=product_id, product_set__in=FIRST_SETS_OF_ALCOHOL).exists()


def refuse_alcohol(field: str, product_id: int | None) -> None:
    """For rows that name a product: the list offers no alcohol, but a form can be sent without the list. What is only
    hidden for a time may stay. Raises ValidationError for the field."""
    if is_alcohol(product_id):
        raise ValidationError({field: NO_ALCOHOL})


class SoberChooserBlock(ChooserBlock):
    """A chooser of products that refuses alcohol."""

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned is not None and is_alcohol(cleaned.pk):
            raise ValidationError(NO_ALCOHOL)
        return cleaned


def choosable_products():
    """Products that any page may show: those with an entry, but no alcohol."""
    return Product.objects.filter(entry__is_alcohol=False).select_related("entry__recognition__line__decision")


def stars_of(product: Product) -> str:
    """What may be printed of its stars today, for the list to choose from."""
    standing = standing_by(product.entry.recognition)
    return f"{standing.stars} ★" if standing.holds else "–"


def picture_of(files: dict):
    """The smallest file of a picture, for a list."""
    rows = files.get("webp") or files.get("jpeg") or []
    return format_html('<img src="{}" alt="" width="48" height="48" loading="lazy">', rows[0][2]) if rows else ""


class ProductChooser(ChooserViewSet):
    model = Product
    base_block_class = SoberChooserBlock
    icon = "pick"
    choose_one_text = _("Chọn sản phẩm")
    choose_another_text = _("Chọn sản phẩm khác")
    edit_item_text = _("Sửa sản phẩm này")
    choose_view_class = ProductChooseView
    choose_results_view_class = ProductResultsView
    per_page = 12


class ProducerChooser(ChooserViewSet):
    model = Producer
    icon = "group"
    choose_one_text = _("Chọn nhà sản xuất")
    choose_another_text = _("Chọn nhà sản xuất khác")
    edit_item_text = _("Sửa nhà sản xuất này")
    choose_view_class = ProducerChooseView
    choose_results_view_class = ProducerResultsView
    per_page = 12


product_chooser = ProductChooser("product_chooser", url_prefix="choose/product")
producer_chooser = ProducerChooser("producer_chooser", url_prefix="choose/producer")
ProductChooserBlock = product_chooser.get_block_class("ProductChooserBlock", module_path="showcase.choosers")
ProducerChooserBlock = producer_chooser.get_block_class("ProducerChooserBlock", module_path="showcase.choosers")
