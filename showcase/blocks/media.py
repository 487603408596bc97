"""Blocks of pictures, films, sounds and documents. Nothing is loaded from another host, and nothing heavy unasked."""

from pathlib import PurePosixPath

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

FEW = 2  # pictures and papers that a preview shows
FILMS, SOUNDS = (".mp4", ".webm"), (".mp3", ".ogg", ".m4a")


def alternative(picture) -> str:
    """What a picture shows, in the reader's language; in Vietnamese where there is no English yet."""
    if picture is None:
        return ""
    return (get_language() == "en" and picture.alt_en) or picture.alt


class PictureValue(StructValue):
    @property
    def alternative(self) -> str:
        return alternative(self["picture"])


class PictureBlock(StructBlock):
    picture = ImageChooserBlock(label=_("Ảnh"))
    caption = CharBlock(label=_("Chú thích"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Ảnh")
        description = _("Một ảnh của thư viện; mô tả và tác giả lấy từ thư viện.")
        template = "showcase/blocks/picture.html"
        value_class = PictureValue

    def get_preview_value(self):
        return self.normalize({"picture": get_image_model().objects.first(), "caption": "Đồi chè buổi sớm"})


class GalleryBlock(StructBlock):
    pictures = ListBlock(PictureBlock(), label=_("Các ảnh"), min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = _("Bộ ảnh")
        description = _("Từ hai ảnh trở lên, đứng cạnh nhau.")
        template = "showcase/blocks/gallery.html"

    def get_preview_value(self):
        found = get_image_model().objects.order_by("pk")[:FEW]
        return self.normalize({"pictures": [{"picture": picture, "caption": ""} for picture in found]})


def refuse_other_than(endings: tuple[str, ...], document, sentence) -> None:
    if document and PurePosixPath(document.filename).suffix.lower() not in endings:
        raise StructBlockValidationError(block_errors={"file": StructBlockValidationError(non_block_errors=[sentence])})


class FilmValue(StructValue):
    @property
    def poster(self) -> str:
        """The address of the cover in the middle width; nothing where there is none."""
        rows = self["picture"].files.get("jpeg", []) if self["picture"] else []
        return rows[len(rows) // 2][2] if rows else ""


class FilmBlock(StructBlock):
    """A film of our own, or a link to one elsewhere: that site is asked for nothing until the reader goes there."""

    file = DocumentChooserBlock(label=_("Tệp phim"), required=False, help_text=_("MP4 hoặc WebM."))
    address = URLBlock(label=_("Hoặc địa chỉ phim"), required=False, help_text=_("Mở ở trang khác khi người đọc bấm."))
    picture = ImageChooserBlock(label=_("Ảnh bìa"), required=False)
    caption = CharBlock(label=_("Chú thích"), max_length=250, help_text=_("Phim kể gì, dài bao lâu."))

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["file"]) == bool(cleaned["address"]):
            raise StructBlockValidationError(
                non_block_errors=[_("Hãy chọn một tệp phim, hoặc điền địa chỉ của phim: một trong hai.")]
            )
        refuse_other_than(FILMS, cleaned["file"], _("Tệp này không phải phim MP4 hay WebM."))
        return cleaned

    class Meta:
        icon = "media"
        label = _("Phim")
        description = _("Tệp phim của mình, hoặc một liên kết; không tải gì trước khi người đọc bấm.")
        template = "showcase/blocks/film.html"
        value_class = FilmValue
        preview_value = {"file": None, "address": "https://example.org/phim", "picture": None, "caption": "Hái chè"}


class SoundBlock(StructBlock):
    file = DocumentChooserBlock(label=_("Tệp âm thanh"), help_text=_("MP3, OGG hoặc M4A."))
    caption = CharBlock(label=_("Chú thích"), max_length=250)

    def clean(self, value):
        cleaned = super().clean(value)
        refuse_other_than(SOUNDS, cleaned["file"], _("Tệp này không phải âm thanh MP3, OGG hay M4A."))
        return cleaned

    class Meta:
        icon = "media"
        label = _("Âm thanh")
        description = _("Một bài hát, tiếng khèn hay lời kể.")
        template = "showcase/blocks/sound.html"

    def get_preview_value(self):
        song = get_document_model()(title="Tiếng khèn", file="documents/tieng-khen.mp3")  # plays nothing
        return self.normalize({"file": song, "caption": "Tiếng khèn ngày chợ phiên"})


class DocumentsBlock(StructBlock):
    documents = ListBlock(DocumentChooserBlock(), label=_("Các tài liệu"), min_num=1, max_num=20)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Tài liệu")
        description = _("Tệp để tải về: quyết định, mẫu đơn, tờ gấp.")
        template = "showcase/blocks/documents.html"

    def get_preview_value(self):
        return self.normalize({"documents": list(get_document_model().objects.order_by("pk")[:FEW])})
