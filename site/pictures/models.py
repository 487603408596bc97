"""Pictures: alternative text in both languages, credit, and the files made of each by a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from pictures.field import PictureField

# Pixels: two cards side by side on a phone, one card, a whole picture. Multiples of 24, the stitches of a motif:
# each stitch is then the same few pixels again, and a file of it a fifth of the size.
WIDTHS = (336, 672, 1200)
SHAPES = {"square": 1, "wide": 4 / 3, "share": 1200 / 630}  # what pages cut out of a picture: width to height


class Picture(AbstractImage):
    """One picture of the library. `files` holds what pages show, so that drawing a card asks the database nothing."""

    file = PictureField(verbose_name=_("tệp"), upload_to=get_upload_to, width_field="width", height_field="height")
    alt = models.CharField(
        _("mô tả ảnh"),
        max_length=250,
        blank=True,
        help_text=_(
            "Một câu tả ảnh có gì, để người không nhìn thấy ảnh nghe đọc lên, ví dụ “Hai người phụ nữ hái chè trên đồi "
            "buổi sớm”. Không viết “ảnh chụp…”, không chép tên tệp."
        ),
    )
    alt_en = models.CharField(
        _("mô tả ảnh (tiếng Anh)"),
        max_length=250,
        blank=True,
        help_text=_("Câu ấy bằng tiếng Anh, cho người đọc trang tiếng Anh. Chưa có thì trang ấy dùng câu tiếng Việt."),
    )
    credit = models.CharField(
        _("tác giả"),
        max_length=150,
        blank=True,
        help_text=_("Người chụp hoặc nơi cho phép dùng ảnh; tên này đứng dưới ảnh trên trang."),
    )
    # {"webp": [[width, height, address], …], "avif": …, "jpeg": …, "cuts": {"square": {"webp": …, …}, …}}
    files = models.JSONField(default=dict, blank=True, editable=False)
    motif = models.SlugField(max_length=40, null=True, blank=True, unique=True, editable=False)  # of the built-in ones

    # Wagtail's own description is left out: it would ask for `alt` a second time.
    admin_form_fields = (
        "title",
        "file",
        "alt",
        "alt_en",
        "credit",
        *[name for name in Image.admin_form_fields if name not in ("title", "file", "description")],
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")

    @property
    def default_alt_text(self) -> str:
        """What Wagtail's own tags and choosers say of the picture."""
        return self.alt


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
        ]
