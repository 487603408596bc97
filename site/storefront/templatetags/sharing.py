"""What a link to a page shows where people share it (Open Graph): the page's own title, words and picture once more."""

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from discovery.structured import largest_jpeg, whole
from outbox.wording import is_english, unmarked
from pictures.cards import SIZE, ShareCard
from pictures.renditions import of_shape

register = template.Library()
NEUTRAL = "img/card.png"  # motifs of the region, for pages with neither picture nor card


@register.simple_tag(takes_context=True)
def again(context, name) -> SafeString:
    """What a block of this page says, a second time. The block must not use {{ block.super }}."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return SafeString(block.nodelist.render(context).strip() if block else "")


@register.simple_tag
def shared_picture(picture=None, card: ShareCard | None = None) -> SafeString:
    """A page's photograph, cut for sharing; its drawn card, where its picture is a motif or it has none."""
    files = getattr(picture, "files", picture)
    photograph = None if card and getattr(picture, "motif", None) else largest_jpeg(of_shape(files, "share"))
    if photograph:
        width, height, address = photograph
        alternative = unmarked((is_english() and getattr(picture, "alt_en", "")) or getattr(picture, "alt", ""))
    elif card:
        (width, height), address, alternative = SIZE, card_address(card), card.alternative
    else:
        (width, height), address, alternative = SIZE, static(NEUTRAL), str(settings.PROGRAMME_NAME)
    told = [
        ("property", "og:image", whole(address)),
        ("property", "og:image:width", width),
        ("property", "og:image:height", height),
        ("property", "og:image:alt", alternative),
        ("name", "twitter:card", "summary_large_image"),
    ]
    return format_html_join("\n", '<meta {}="{}" content="{}">', [each for each in told if each[2]])


def card_address(card: ShareCard) -> str:
    """Where a card is served (path); another one as soon as anything on it changes."""
    return reverse("share_card", args=[card.language, card.kind, card.key, card.digest])
