"""A translation beside its original: what the original says, part by part, and what was changed in it since."""

from dataclasses import dataclass

from django.conf import settings
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import SourceDeletedError, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

NOT_SAID = ("slug",)  # text fields that no reader reads


@dataclass(frozen=True)
class Part:
    """One text of a page: of which field or block, in the original, in the translation as it was last saved, and in
    the original as it was when it was translated, where that was another."""

    label: str
    original: str
    translation: str
    before: str
    is_changed: bool


def original_of(page: Page) -> Page | None:
    """The page of which this one is a translation: that from which it was begun, else that in the site's first
    language. None for an original."""
    if not page.pk:
        return None
    begun = source_of(page)
    language = begun.locale.language_code if begun else settings.LANGUAGE_CODE
    return page.get_translations().filter(locale__language_code=language).specific().first()


def source_of(page: Page) -> TranslationSource | None:
    """The original as it was when the translation was begun or last published."""
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id)
    begun = found.select_related("source__locale").first()
    return begun and begun.source


def parts_of(page: Page, original: Page) -> list[Part]:
    """The texts of an original in its order, with the page's own of the same field or block; then those that are no
    longer there. Blocks of a translation keep the keys of those they were copied from."""
    now, own, before = texts_of(as_it_is_read(original)), texts_of(page), texts_when_translated(page)
    parts = []
    for path, text in now.items():
        former = text if before is None else before.get(path, "")
        parts.append(Part(label_of(path, original), text, own.get(path, ""), former, former != text))
    for path, text in (before or {}).items():
        if path not in now:
            parts.append(Part(label_of(path, original), "", own.get(path, ""), text, True))
    return parts


def as_it_is_read(original: Page) -> Page:
    """What readers have of a page, or its draft as long as they have nothing."""
    return original if original.live else original.get_latest_revision_as_object()


def texts_when_translated(page: Page) -> dict[str, str] | None:
    source = source_of(page)
    try:
        return source and texts_of(source.as_instance())
    except SourceDeletedError:
        return None


def texts_of(page: Page) -> dict[str, str]:
    """Whatever is to be translated on a page, by its path. A text of several paragraphs is one."""
    texts = {}
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and segment.path not in NOT_SAID:
            texts.setdefault(segment.path, []).append(segment.render_text())
    return {path: "\n".join(lines) for path, lines in texts.items()}


def label_of(path: str, page: Page) -> str:
    """The name of the field or block in which a text stands; nothing for a block that is gone."""
    name, *inside = path.split(".")
    field = page._meta.get_field(name)
    if not inside:
        return field.verbose_name
    if field.one_to_many:  # rows below the page: the activities of a fair
        return field.related_model._meta.get_field(inside[-1]).verbose_name
    return next((block.block.label for block in getattr(page, name) if block.id == inside[0]), "")


@receiver(page_published)
def take_what_is_published_for_translated(instance, **_more) -> None:
    """Whoever publishes a translation has compared it: from now on only what is changed later counts as changed."""
    source = source_of(instance)
    original = source and original_of(instance)
    if original:
        TranslationSource.update_or_create_from_instance(as_it_is_read(original))
