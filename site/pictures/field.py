"""The file of a picture. Whichever way one comes in, it is cleaned before it reaches the store."""

from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from pictures.cleaning import clean


class PictureFile(WagtailImageFieldFile):
    def save(self, name, content, save=True):
        """Keep `content`, cleaned and under a random name. Raises pictures.cleaning.BadPicture."""
        cleaned = clean(content)
        super().save(cleaned.name, cleaned, save=save)


class PictureField(WagtailImageField):
    attr_class = PictureFile
