"""Static files: one style sheet from many, content in every name, compressed where it pays."""

import re

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware

IMPORT = re.compile(r"""@import\s+url\(["']?([\w./-]+)["']?\)\s*(?:layer\(([\w-]+)\))?\s*;""")


class StaticStorage(ManifestStaticFilesStorage):
    """Names carry the content's hash; `css/main.css` swallows what it imports, so that a page asks for one sheet."""

    manifest_strict = False

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and "css/main.css" in paths:
            self.swallow_imports("css/main.css")
        for name, hashed, processed in super().post_process(paths, dry_run, **options):
            yield name, hashed, processed
        if not dry_run:
            self.compress()

    def swallow_imports(self, name):
        with self.open(name) as sheet:
            text = sheet.read().decode()

        def content(found):
            with self.open(f"css/{found[1]}") as part:
                css = part.read().decode()
            css = css.replace('url("../../', 'url("../') if "/" in found[1] else css
            return f"@layer {found[2]} {{\n{css}\n}}" if found[2] else css

        text = IMPORT.sub(content, text)
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        text = re.sub(r"\s+", " ", text)
        self.delete(name)
        self._save(name, ContentFile(text.encode()))

    def compress(self):
        """Write .br beside our own files and Wagtail's scripts; pictures and fonts are compressed already."""
        compressor = Compressor(use_gzip=True, use_brotli=True, quiet=True)
        for path in sorted(self.hashed_files.values()):
            if path.endswith((".css", ".js", ".svg", ".json")):
                list(compressor.compress(self.path(path)))


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise, told which names never change."""

    def immutable_file_test(self, path, url):
        return re.search(r"\.[0-9a-f]{12}\.\w+$", url) is not None
