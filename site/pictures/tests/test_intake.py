"""What the picture library takes in, and what it refuses."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from pictures import decoding
from pictures.cleaning import MAX_BYTES, BadPicture, clean
from pictures.intake import accept
from pictures.models import Picture

RED, BLUE = (200, 30, 30), (30, 30, 200)


def image_file(form="PNG", size=(60, 40), name=None, colour=RED, **options):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return ContentFile(out.getvalue(), name=name or f"anh.{form.lower()}")


def opened(file):
    file.seek(0)
    return Image.open(BytesIO(file.read()))


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of so many black pixels, in a few kilobytes."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def refused(data: bytes, name: str) -> str:
    with pytest.raises(BadPicture) as error:
        clean(ContentFile(data, name=name))
    return error.value.code


@pytest.mark.parametrize(
    ("form", "name", "ending"),
    [
        ("JPEG", "IMG_2041.JPG", ".jpg"),
        ("JPEG", "anh.jpeg", ".jpg"),
        ("PNG", "anh.png", ".png"),
        ("WEBP", "anh.webp", ".webp"),
    ],
)
def test_three_forms_come_in_under_a_name_of_their_own(form, name, ending):
    file = clean(image_file(form, name=name))
    stem, _dot, _ending = file.name.partition(".")
    assert file.name.endswith(ending)
    assert len(stem) == 20 and set(stem) <= set("0123456789abcdef")
    assert (opened(file).format, opened(file).size) == (form, (60, 40))


def test_the_same_upload_gets_another_name_each_time():
    assert clean(image_file()).name != clean(image_file()).name


def test_place_comments_and_profile_are_gone():
    exif = Image.Exif()
    exif[0x010E] = "Nhà bà Lù"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 23.0, 9.0), 3: "E", 4: (103.0, 27.0, 30.0)})
    file = image_file("JPEG", exif=exif, comment=b"written in haste")
    assert dict(opened(file).getexif().get_ifd(0x8825)) != {}
    image = opened(clean(file))
    assert (dict(image.getexif()), image.info.get("comment"), image.info.get("icc_profile")) == ({}, None, None)


def test_what_hangs_behind_a_picture_does_not_come_along():
    file = image_file("JPEG")
    polyglot = ContentFile(file.read() + b"<script>alert(1)</script>", name="anh.jpg")
    assert b"script" not in clean(polyglot).read()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_taken_sideways_stands_upright(orientation):
    upright = Image.new("RGB", (64, 32), BLUE)
    upright.paste(RED, (0, 0, 16, 16))  # a red corner, top left
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose, which leads from upright to stored
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    stored.save(out, "PNG", exif=exif)
    image = opened(clean(ContentFile(out.getvalue(), name="anh.png")))
    assert image.size == (64, 32)
    assert [image.getpixel(at) for at in ((2, 2), (61, 2), (2, 29), (61, 29))] == [RED, BLUE, BLUE, BLUE]


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    assert opened(clean(image_file("JPEG", size=(6000, 3000)))).size == (2400, 1200)


def test_transparency_stays():
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(clean(ContentFile(out.getvalue(), name="anh.png"))).getpixel((5, 5))[3] == 0


def test_grey_and_palette_pictures_become_plain_colours():
    for mode in ("L", "P", "1", "I;16"):
        out = BytesIO()
        Image.new(mode, (20, 20)).save(out, "PNG")
        assert opened(clean(ContentFile(out.getvalue(), name="anh.png"))).mode == "RGB"


def test_a_bomb_of_few_kilobytes_and_more_than_forty_million_pixels_is_refused_by_its_head():
    bomb = png_bomb(13_300, 13_300)  # 177 million pixels
    assert len(bomb) < 30_000
    assert refused(bomb, "anh.png") == "too_many_pixels"


def test_forty_million_pixels_are_the_limit():
    assert refused(png_bomb(8_000, 5_001), "anh.png") == "too_many_pixels"
    assert opened(clean(ContentFile(png_bomb(8_000, 5_000), name="anh.png"))).size == (2400, 1500)


@pytest.mark.parametrize("size", [(16_383, 16_383), (8_000, 5_001)])
def test_a_webp_is_refused_before_its_canvas_is_made(size):
    width, height = size
    data = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"
    data += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    assert refused(data, "anh.webp") == "too_many_pixels"


def test_a_file_of_more_than_15_megabytes_is_not_even_read():
    assert refused(b"\0" * (MAX_BYTES + 1), "anh.jpg") == "too_big"


@pytest.mark.parametrize(
    ("data", "name", "fault"),
    [
        (b"", "anh.jpg", "empty"),
        (b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", "anh.png", "format"),
        (b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", "anh.gif", "format"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "anh.svg", "format"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "anh.png", "format"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "anh.jpg", "format"),
        (b"<html><script>alert(1)</script>", "anh.jpg", "format"),
        (b"\x89PNG\r\n\x1a\n", "anh.png", "format"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "anh.jpg", "format"),
    ],
)
def test_what_is_no_picture_of_the_three_forms_is_refused(data, name, fault):
    assert refused(data, name) == fault


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "PPM", "TGA", "PCX"])
def test_other_forms_are_refused_under_a_good_name(form):
    assert refused(image_file(form).read(), "anh.png") == "format"


def test_a_name_that_says_another_form_is_refused():
    assert refused(image_file("JPEG").read(), "anh.png") == "extension"
    assert refused(image_file("PNG").read(), "anh.webp") == "extension"


def test_moving_pictures_are_refused():
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    for form, name in (("PNG", "anh.png"), ("WEBP", "anh.webp")):
        out = BytesIO()
        frames[0].save(out, form, save_all=True, append_images=frames[1:])
        assert refused(out.getvalue(), name) == "moving"


@pytest.mark.parametrize(("form", "name"), [("JPEG", "anh.jpg"), ("PNG", "anh.png"), ("WEBP", "anh.webp")])
def test_half_a_picture_is_refused(form, name):
    out = BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(out, form)
    whole = out.getvalue()
    assert opened(clean(ContentFile(whole, name=name))).size == (300, 300)
    assert refused(whole[: len(whole) // 2], name) == "broken"


def test_a_decoder_that_wants_more_memory_than_it_may_is_ended_and_the_picture_refused(tmp_path, monkeypatch):
    greedy = tmp_path / "greedy.py"
    source = open(decoding.__file__, encoding="utf-8").read()
    greedy.write_text(
        source.replace("    Image.MAX_IMAGE_PIXELS = None", "    bytearray(2**30); Image.MAX_IMAGE_PIXELS = None")
    )
    monkeypatch.setattr(decoding, "__file__", str(greedy))
    assert refused(image_file().read(), "anh.png") == "too_heavy"


def test_a_decoder_that_never_ends_is_ended(tmp_path, monkeypatch):
    endless = tmp_path / "endless.py"
    source = open(decoding.__file__, encoding="utf-8").read().replace("SECONDS = 10", "SECONDS = 1")
    endless.write_text(source.replace("    Image.MAX_IMAGE_PIXELS = None", "    while True: pass"))
    monkeypatch.setattr(decoding, "__file__", str(endless))
    assert refused(image_file().read(), "anh.png") == "too_heavy"


@pytest.mark.django_db
def test_a_picture_that_is_accepted_lies_in_the_library_with_what_is_said_of_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = accept(
        image_file("JPEG", name="bà ngoại.jpg"),
        title="Chợ phiên",
        alt="Chợ phiên buổi sớm",
        alt_en="The market in the morning",
        credit="Ban quản lý chợ",
    )
    stored = Picture.objects.get()
    assert stored == picture
    assert (stored.title, stored.alt, stored.alt_en, stored.credit) == (
        "Chợ phiên",
        "Chợ phiên buổi sớm",
        "The market in the morning",
        "Ban quản lý chợ",
    )
    assert (stored.width, stored.height, stored.file.name.partition("/")[0]) == (60, 40, "original_images")
    assert "ngo" not in stored.file.name
    assert stored.file_hash != ""


@pytest.mark.django_db
def test_a_picture_that_is_refused_leaves_no_row_and_no_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(BadPicture):
        accept(ContentFile(b"<svg/>", name="anh.png"), title="", alt="", alt_en="", credit="")
    assert not Picture.objects.exists()
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.django_db
def test_no_way_into_the_library_leads_around_the_cleaning(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    exif = Image.Exif()
    exif[0x010E] = "Nhà bà Lù"
    picture = Picture.objects.create(title="Ảnh", file=image_file("JPEG", name="nha-ba-lu.jpg", exif=exif))
    assert "nha-ba-lu" not in picture.file.name
    assert dict(Image.open(picture.file.path).getexif()) == {}
    with pytest.raises(BadPicture):
        Picture(title="Ảnh").file.save("anh.png", ContentFile(b"<svg/>"), save=True)
    assert Picture.objects.count() == 1
