"""The stream that every page of an editor is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StreamBlock, StructBlock

from showcase.blocks import live, media, words


class ColumnBlock(StreamBlock):
    text = words.ParagraphBlock()
    picture = media.PictureBlock()
    facts = words.FactsBlock()
    quote = words.QuoteBlock()

    class Meta:
        label = _("Cột")


class ColumnsBlock(StructBlock):
    columns = ListBlock(ColumnBlock(), label=_("Các cột"), min_num=2, max_num=3)

    class Meta:
        icon = "table"
        label = _("Cột cạnh nhau")
        description = _("Hai hoặc ba cột; trên điện thoại, cột nọ nối tiếp cột kia.")
        template = "showcase/blocks/columns.html"
        preview_value = {
            "columns": [[("text", "<p>Bên này là đồi chè.</p>")], [("text", "<p>Bên kia là ruộng bậc thang.</p>")]]
        }


class BodyBlock(StreamBlock):
    heading = words.HeadingBlock()
    text = words.ParagraphBlock()
    picture = media.PictureBlock()
    gallery = media.GalleryBlock()
    quote = words.QuoteBlock()
    film = media.FilmBlock()
    sound = media.SoundBlock()
    products = live.ProductsBlock()
    products_by_rule = live.ProductsByRuleBlock()
    producer = live.ProducerBlock()
    places = live.PlacesBlock()
    timeline = words.TimelineBlock()
    facts = words.FactsBlock()
    figure = live.FigureBlock()
    steps = words.StepsBlock()
    documents = media.DocumentsBlock()
    slogan = words.SloganBlock()
    call = words.CallBlock()
    columns = ColumnsBlock()
    sources = words.SourcesBlock()

    class Meta:
        label = _("Nội dung")
