"""What a link to a page shows where people share it (Open Graph): the page's own title, words and picture once more."""

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from discovery.structured import largest_jpeg, whole

register = template.Library()
CARD = (1200, 630, "img/card.png")  # where a page has no picture: motifs of the region


@register.simple_tag(takes_context=True)
def again(context, name) -> SafeString:
    """What a block of this page says, a second time. The block must not use {{ block.super }}."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return SafeString(block.nodelist.render(context).strip() if block else "")


@register.simple_tag
def shared_picture(files=None) -> SafeString:
    """`files` are Picture.files; the site's own card where there are none."""
    width, height, address = largest_jpeg(files) or (*CARD[:2], static(CARD[2]))
    return format_html(
        '<meta property="og:image" content="{}">\n<meta property="og:image:width" content="{}">\n'
        '<meta property="og:image:height" content="{}">\n<meta name="twitter:card" content="{}">',
        whole(address),
        width,
        height,
        "summary_large_image",
    )
