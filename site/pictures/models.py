"""Pictures: alternative text in both languages, credit, and the files made of each by a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

WIDTHS = (320, 640, 1200)  # pixels: two cards side by side on a phone, one card, a whole picture


class Picture(AbstractImage):
    """One picture of the library. `files` holds what the pages show, so that drawing a card asks the database nothing."""

    alt = models.CharField(_("mô tả ảnh"), max_length=250, blank=True)
    alt_en = models.CharField(_("mô tả ảnh (tiếng Anh)"), max_length=250, blank=True)
    credit = models.CharField(_("tác giả"), max_length=150, blank=True)
    files = models.JSONField(
        default=dict, blank=True, editable=False
    )  # {"webp": [[width, height, address], …], "jpeg": …}

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
