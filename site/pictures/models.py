"""Pictures: alternative text in both languages, credit, and the files made of each by a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from pictures.field import PictureField

# Pixels: two cards side by side on a phone, one card, a whole picture. Multiples of 24, the stitches of a motif:
# each stitch is then the same few pixels again, and a file of it a fifth of the size.
WIDTHS = (336, 672, 1200)


class Picture(AbstractImage):
    """One picture of the library. `files` holds what pages show, so that drawing a card asks the database nothing."""

    file = PictureField(verbose_name=_("tệp"), upload_to=get_upload_to, width_field="width", height_field="height")
    alt = models.CharField(_("mô tả ảnh"), max_length=250, blank=True)
    alt_en = models.CharField(_("mô tả ảnh (tiếng Anh)"), max_length=250, blank=True)
    credit = models.CharField(_("tác giả"), max_length=150, blank=True)
    files = models.JSONField(
        default=dict, blank=True, editable=False
    )  # {"webp": [[width, height, address], …], "jpeg": …}
    motif = models.SlugField(max_length=40, null=True, blank=True, unique=True, editable=False)  # of the built-in ones

    admin_form_fields = (*Image.admin_form_fields, "alt", "alt_en", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
        ]
