"""Pages that a part of the home page names, and links to them or to elsewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, StructBlockValidationError, URLBlock
from wagtail.models import Page


class HeldPageBlock(PageChooserBlock):
    """A page of which the key alone is held: the home page fetches all pages that its parts name at once, each in the
    reader's language. A translation therefore keeps what the original has chosen."""

    def to_python(self, value):
        return value

    def bulk_to_python(self, values):
        return values

    def value_from_form(self, value):
        page = super().value_from_form(value)
        return page.pk if page else None

    def get_prep_value(self, value):
        return value

    def extract_references(self, value):
        if value:
            yield self.model_class, str(value), "", ""

    def render_basic(self, value, context=None):
        """Its name, for who compares two versions."""
        return Page.objects.filter(pk=value).values_list("draft_title", flat=True).first() or ""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class LinkBlock(StructBlock):
    """Words that lead on: to a page of ours or to an address. All empty: no link."""

    words = CharBlock(label=_("Chữ trên liên kết"), required=False, max_length=60)
    page = HeldPageBlock(label=_("Trang"), required=False)
    address = URLBlock(label=_("Hoặc địa chỉ"), required=False, help_text=_("Bắt đầu bằng https://"))

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["address"]:
            raise StructBlockValidationError(
                non_block_errors=[_("Hãy chọn một trang, hoặc điền một địa chỉ: một trong hai, không phải cả hai.")]
            )
        if bool(cleaned["words"]) != bool(cleaned["page"] or cleaned["address"]):
            raise StructBlockValidationError(
                non_block_errors=[_("Liên kết cần cả chữ và nơi dẫn đến. Không cần liên kết thì để trống cả hai.")]
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Liên kết")
