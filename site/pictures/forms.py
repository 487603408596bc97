"""Wagtail's picture forms, over our own intake."""

from django.forms import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from pictures.cleaning import clean


class PictureFormField(WagtailImageField):
    """Takes a file the way `cleaning.clean` does. Nothing of a stranger's file is opened in this process."""

    def to_python(self, data):
        uploaded = FileField.to_python(self, data)
        return clean(uploaded) if uploaded else None


class PictureForm(BaseImageForm):
    """Named by WAGTAILIMAGES_IMAGE_FORM_BASE: the base of every form in which Wagtail takes a picture."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # the forms for pictures that are stored already have none
            theirs = self.fields["file"]
            self.fields["file"] = PictureFormField(
                label=theirs.label, required=theirs.required, widget=theirs.widget, help_text=theirs.help_text
            )

    def save(self, commit=True):
        """A point marked on the old file says nothing of the new one."""
        if "file" in self.changed_data:
            self.instance.set_focal_point(None)
        return super().save(commit=commit)
