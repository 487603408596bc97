"""Static files: one style sheet from many, the content's hash in every name, compressed where it pays."""

import logging
import posixpath
import re
from concurrent.futures import ThreadPoolExecutor

import brotli
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware

logger = logging.getLogger(__name__)

MAIN_SHEET = "css/main.css"
IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*(?:layer\(([\w-]+)\))?\s*([^;]*);""")
ADDRESS = re.compile(r"""url\(\s*(["']?)(?![a-z]+:|/|\#)([^"')]+)\1\s*\)""")
STRING_COMMENT_OR_SPACE = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|\s*([{};,])\s*|\s+""", re.DOTALL)
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


class ServedFilesConfig(StaticFilesConfig):
    """Django's app, which leaves out what comes with packages and is on no page of ours: 9 MB."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "oscar", "treebeard", "django_tables2"]


class StaticStorage(ManifestStaticFilesStorage):
    """Names carry the content's hash; the main sheet swallows what it imports, so that a page asks for one sheet."""

    # Style sheets name other files; the lines for source maps, which are not there, are left alone.
    patterns = ((ManifestStaticFilesStorage.patterns[0][0], ManifestStaticFilesStorage.patterns[0][1][:2]),)

    def post_process(self, paths, dry_run=False, **options):
        if dry_run:
            return
        if MAIN_SHEET in paths:
            sheet = swallow_imports(MAIN_SHEET, lambda name: read_source(paths, name))
            self.delete(MAIN_SHEET)
            self._save(MAIN_SHEET, ContentFile(sheet.encode()))
            paths = {**paths, MAIN_SHEET: (self, MAIN_SHEET)}
        yield from super().post_process(paths, dry_run, **options)
        self.compress()

    def stored_name(self, name):
        """A file that is missing costs its own request, never the page that names it."""
        try:
            return super().stored_name(name)
        except ValueError:
            logger.error("static file %s is named but does not exist", name)
            return name

    def compress(self):
        """Write .br and .gz beside every text that has none yet: the same name is always the same content."""
        texts = [self.path(name) for name in self.hashed_files.values() if name.endswith((".css", ".js", ".svg"))]
        fresh = [path for path in sorted(texts) if not self.exists(path + ".br")]
        with ThreadPoolExecutor() as threads:  # both compressors let the other threads run
            list(threads.map(QuickCompressor(quiet=True).compress, fresh))


class QuickCompressor(Compressor):
    """WhiteNoise's, that spends its best effort on what visitors load and less on the editors' large scripts."""

    @staticmethod
    def compress_brotli(data):
        return brotli.compress(data, quality=11 if len(data) < 60_000 else 9)


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise, told which names never change."""

    def immutable_file_test(self, path, url):
        return HASHED.search(url) is not None


def read_source(paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as source:
        return source.read().decode()


def swallow_imports(name: str, read) -> str:
    """The sheet with each `@import url(part) layer(x) media;` replaced by the part; addresses follow, spaces go.

    `read` gives a sheet's text by its name. Parts import nothing themselves.
    """
    folder = posixpath.dirname(name)

    def content(found):
        part = posixpath.normpath(posixpath.join(folder, found[1]))
        css = put_addresses_right(read(part), posixpath.dirname(part), folder)
        if "@import" in css:
            raise ValueError(f"{part}: only {name} imports")
        for condition in (found[2] and f"@layer {found[2]}", found[3].strip() and f"@media {found[3].strip()}"):
            css = f"{condition} {{{css}}}" if condition else css
        return css

    return squeeze(IMPORT.sub(content, re.sub(r"/\*.*?\*/", "", read(name), flags=re.DOTALL)))


def put_addresses_right(css: str, there: str, here: str) -> str:
    """Addresses relative to folder `there`, said from folder `here`."""

    def moved(found):
        return f'url("{posixpath.relpath(posixpath.normpath(posixpath.join(there, found[2])), here)}")'

    return ADDRESS.sub(moved, css)


def squeeze(css: str) -> str:
    """Without comments and spare spaces; strings stay as they are."""
    return STRING_COMMENT_OR_SPACE.sub(lambda found: found[1] or found[2] or ("" if found[0][0] == "/" else " "), css)
