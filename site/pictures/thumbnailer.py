"""Oscar asks for thumbnails here; it gets a file of our picture library."""


class Thumbnailer:
    def generate_thumbnail(self, source, **options):
        """`source` is a Picture; Oscar reads `.url` of what comes back."""
        return source.file

    def delete_thumbnails(self, source):
        """Renditions go with their picture (Wagtail's own signal)."""
