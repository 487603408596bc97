"""Blocks of words."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
    URLBlock,
)

from outbox.wording import anchor

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


OWN_ANCHORS = (
    "add",
    "booths",
    "contents",
    "main",
    "makers",
    "nearby",
    "others",
    "products",
    "sources",
    "stays",
    "stories",
)


def anchors_of(body) -> dict[str, str]:
    """For each heading of a stream, by its block's id, the name by which it is led to: no two alike, and none that a
    page's own parts bear."""
    anchors, taken = {}, set(OWN_ANCHORS)
    for block in body:
        if block.block_type == "heading":
            name = plain = anchor(block.value) or "muc"
            number = 1
            while name in taken:
                number += 1
                name = f"{plain}-{number}"
            taken.add(name)
            anchors[block.id] = name
    return anchors


class HeadingBlock(CharBlock):
    def get_context(self, value, parent_context=None):
        around = parent_context or {}
        name = around.get("anchors", {}).get(getattr(around.get("block"), "id", None))
        return super().get_context(value, parent_context) | {"anchor": name or anchor(value)}

    class Meta:
        icon = "title"
        label = _("Tiêu đề")
        description = _("Mở một đoạn mới của bài; hiện trong mục lục của trang hướng dẫn.")
        template = "showcase/blocks/heading.html"
        preview_value = "Bốn mùa trên đồi chè"


class ParagraphBlock(RichTextBlock):
    def __init__(self, **options):
        super().__init__(**{"features": FEATURES, **options})

    class Meta:
        icon = "pilcrow"
        label = _("Đoạn văn")
        description = _("Lời của bài. Tên riêng tiếng khác viết [en:by hand] hay [vi:Séng Cù].")
        template = "showcase/blocks/text.html"
        preview_value = "<p>Sương xuống từ chiều, sáng ra lá chè còn ướt.</p>"


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Lời trích"), max_length=600)
    source = CharBlock(label=_("Ở đâu ra"), max_length=200, help_text=_("Văn bản, bài báo hay người đã đồng ý."))

    class Meta:
        icon = "openquote"
        label = _("Trích dẫn")
        description = _("Một câu nguyên văn, luôn kèm nguồn.")
        template = "showcase/blocks/quote.html"
        preview_value = {"text": "Mỗi xã, phường một sản phẩm.", "source": "Tên gọi của chương trình"}


class SloganBlock(CharBlock):
    class Meta:
        icon = "bold"
        label = _("Dải khẩu hiệu")
        description = _("Một câu ngắn, chữ lớn, tách hai phần của bài.")
        template = "showcase/blocks/slogan.html"
        preview_value = "Sản phẩm của bản làng, sao của hội đồng"


class StepsBlock(StructBlock):
    steps = ListBlock(
        StructBlock(
            [
                ("title", CharBlock(label=_("Việc cần làm"), max_length=120)),
                ("text", TextBlock(label=_("Làm thế nào"), required=False, max_length=600)),
            ]
        ),
        label=_("Các bước"),
        min_num=2,
        max_num=20,
    )

    class Meta:
        icon = "list-ol"
        label = _("Các bước")
        description = _("Việc làm theo thứ tự, đánh số.")
        template = "showcase/blocks/steps.html"
        preview_value = {"steps": [{"title": "Hái", "text": "Một tôm hai lá."}, {"title": "Làm héo", "text": ""}]}


class TimelineBlock(StructBlock):
    moments = ListBlock(
        StructBlock(
            [
                ("when", CharBlock(label=_("Khi nào"), max_length=60)),
                ("text", TextBlock(label=_("Điều gì"), max_length=400)),
            ]
        ),
        label=_("Các mốc"),
        min_num=2,
        max_num=30,
    )

    class Meta:
        icon = "history"
        label = _("Dòng thời gian")
        description = _("Các mốc theo năm, tháng hay mùa.")
        template = "showcase/blocks/timeline.html"
        preview_value = {
            "moments": [{"when": "2018", "text": "Chương trình bắt đầu."}, {"when": "2026", "text": "Bộ tiêu chí mới."}]
        }


class FactsBlock(StructBlock):
    title = CharBlock(label=_("Tên bảng"), required=False, max_length=120)
    facts = ListBlock(
        StructBlock(
            [
                ("name", CharBlock(label=_("Mục"), max_length=80)),
                ("value", CharBlock(label=_("Nội dung"), max_length=200)),
            ]
        ),
        label=_("Các dòng"),
        min_num=1,
        max_num=30,
    )

    class Meta:
        icon = "table"
        label = _("Bảng thông tin")
        description = _("Từng dòng một mục và nội dung của nó.")
        template = "showcase/blocks/facts.html"
        preview_value = {"title": "Bản Sin Suối Hồ", "facts": [{"name": "Độ cao", "value": "chừng 1.500 mét"}]}


class SourcesBlock(ListBlock):
    def __init__(self, **options):
        super().__init__(StructBlock([("text", CharBlock(label=_("Nguồn")))]), **options)

    class Meta:
        icon = "list-ul"
        label = _("Nguồn")
        description = _("Bài viết dựa vào đâu; đứng cuối bài.")
        template = "showcase/blocks/sources.html"
        preview_value = [{"text": "Quyết định 26/2026/QĐ-TTg"}]

    def deconstruct(self):
        return "showcase.blocks.words.SourcesBlock", [], {}

    def deconstruct_with_lookup(self, lookup):
        return self.deconstruct()


class CallBlock(StructBlock):
    """A button that leads on: to a page of ours or to an address."""

    text = CharBlock(label=_("Chữ trên nút"), max_length=60)
    page = PageChooserBlock(label=_("Trang"), required=False)
    address = URLBlock(label=_("Hoặc địa chỉ"), required=False, help_text=_("Bắt đầu bằng https://"))
    kind = ChoiceBlock([("main", _("Nút chính")), ("plain", _("Nút phụ"))], label=_("Kiểu"), default="main")

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            raise StructBlockValidationError(
                non_block_errors=[_("Hãy chọn một trang, hoặc điền một địa chỉ: một trong hai, không phải cả hai.")]
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Lời mời")
        description = _("Một nút dẫn người đọc đi tiếp.")
        template = "showcase/blocks/call.html"
        preview_value = {"text": "Xem mọi sản phẩm", "page": None, "address": "https://example.org/", "kind": "main"}
