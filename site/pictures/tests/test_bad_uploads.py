"""What is no plain picture is refused at each of Wagtail's doors in a Vietnamese sentence, and leaves nothing."""

import struct
import zlib
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from factories import make_user
from pictures.cleaning import MAX_BYTES
from pictures.models import Picture
from pictures.tests.taking import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"), backend="accounts.login.EmailOrPhoneBackend")
    return client


def saved(form, size=(80, 60), colour="red", **options) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return out.getvalue()


def moving(form) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("blue", "green")]
    return saved(form, (40, 40), save_all=True, append_images=frames, duration=100)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(width, height) -> bytes:
    """A PNG of a few kilobytes that would be so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compressobj(9)
    body = b"".join(rows.compress(bytes(1 + width // 8)) for _ in range(min(height, 2000))) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00This program cannot be run in DOS mode." * 40
NO_PICTURE = "Tệp này không phải ảnh JPEG, PNG hay WebP."
TOO_LARGE = "Ảnh lớn quá 40 triệu điểm ảnh."
BAD = {
    "a bomb": lambda: ("anh.png", bomb(60_000, 60_000), TOO_LARGE),
    "a bomb of 50 megapixels": lambda: ("anh.png", bomb(10_000, 5_000), TOO_LARGE),
    "41 megapixels": lambda: ("anh.jpg", saved("JPEG", (8200, 5000)), TOO_LARGE),
    "an SVG": lambda: ("anh.svg", SVG, NO_PICTURE),
    "an SVG renamed": lambda: ("anh.png", SVG, NO_PICTURE),
    "words renamed": lambda: ("anh.jpg", "Chợ phiên họp sáng chủ nhật.".encode(), NO_PICTURE),
    "a program renamed": lambda: ("anh.jpg", PROGRAM, NO_PICTURE),
    "a program": lambda: ("anh.exe", PROGRAM, NO_PICTURE),
    "a page with a script renamed": lambda: ("anh.jpeg", b"<html><script>alert(1)</script></html>", NO_PICTURE),
    "a GIF": lambda: ("anh.gif", moving("GIF"), NO_PICTURE),
    "a PNG renamed": lambda: ("anh.jpg", saved("PNG"), "Phần đuôi của tên tệp không khớp"),
    "a moving WebP": lambda: ("anh.webp", moving("WEBP"), "Đây là ảnh động."),
    "a moving PNG": lambda: ("anh.png", moving("PNG"), "Đây là ảnh động."),
    "half a JPEG": lambda: ("anh.jpg", saved("JPEG", (800, 600))[:2500], "Tệp ảnh bị hỏng hoặc thiếu."),
    "half a PNG": lambda: ("anh.png", saved("PNG", (800, 600))[:900], "Tệp ảnh bị hỏng hoặc thiếu."),
    "nothing": lambda: ("anh.jpg", b"", "Tệp này trống."),
    "16 megabytes": lambda: ("anh.jpg", saved("JPEG") + bytes(MAX_BYTES), "Ảnh nặng quá 15 MB."),
}


def errors_of(page) -> str:
    return " ".join(each.get_text() for each in page.select(".w-field__errors"))


def single(client, file):
    answer = client.post("/cms/images/add/", {"title": "Chợ", "file": file, "alt": "Chợ phiên", "collection": 1})
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find("input", {"name": "title"})["value"] == "Chợ"  # nothing typed is lost
    assert page.find(attrs={"name": "alt"})["value"] == "Chợ phiên"
    return answer.status_code, errors_of(page)


def many(client, file):
    answer = client.post(
        "/cms/images/multiple/add/",
        {"title": "Chợ", "files[]": file, "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    told = answer.json()
    assert told["success"] is False
    return answer.status_code, told["error_message"]


def chooser(client, file):
    answer = client.post(
        "/cms/images/chooser/create/",
        {
            "image-chooser-upload-title": "Chợ",
            "image-chooser-upload-file": file,
            "image-chooser-upload-alt": "Chợ phiên",
            "image-chooser-upload-collection": 1,
        },
    )
    told = answer.json()
    assert told["step"] == "reshow_creation_form"
    page = BeautifulSoup(told["htmlFragment"], "html.parser")
    assert page.find(attrs={"name": "image-chooser-upload-alt"})["value"] == "Chợ phiên"
    return answer.status_code, errors_of(page)


@pytest.mark.parametrize("door", [single, many, chooser])
@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_told_what_is_wrong_and_nothing_is_kept(editor, media, door, what):
    name, content, sentence = BAD[what]()

    status, told = door(editor, SimpleUploadedFile(name, content, "image/jpeg"))

    assert (status, sentence in told) == (200, True), told
    assert not Picture.objects.exists() and waiting().count() == 0
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("what", ["a bomb", "a program renamed", "half a JPEG"])
def test_a_bad_file_does_not_take_the_place_of_a_good_one(editor, what):
    good = SimpleUploadedFile("cho.jpg", saved("JPEG"), "image/jpeg")
    editor.post("/cms/images/add/", {"title": "Chợ", "file": good, "alt": "Chợ phiên", "collection": 1})
    before = Picture.objects.values().get()
    name, content, sentence = BAD[what]()

    answer = editor.post(
        f"/cms/images/{before['id']}/",
        {"title": "Khác", "alt": "", "file": SimpleUploadedFile(name, content), "collection": 1},
    )

    assert sentence in answer.content.decode()
    assert Picture.objects.values().get() == before
    assert Picture.objects.get().file.storage.exists(before["file"])


def test_bombs_are_small():
    assert len(bomb(60_000, 60_000)) < 20_000


@pytest.mark.parametrize("door", ["/cms/images/add/", "/cms/images/chooser/create/"])
def test_where_a_picture_comes_in_its_words_are_asked_for_in_both_languages(editor, door):
    answer = editor.get(door)
    page = answer.json()["htmlFragment"] if "chooser" in door else answer.text

    assert "nghe đọc lên" in page and "bằng tiếng Anh" in page and "đứng dưới ảnh" in page


def test_among_many_pictures_each_is_asked_for_its_words(editor):
    sent = {"title": "Chợ", "files[]": SimpleUploadedFile("cho.jpg", saved("JPEG")), "collection": 1}
    answer = editor.post("/cms/images/multiple/add/", sent, headers={"x-requested-with": "XMLHttpRequest"})

    form = answer.json()["form"]

    assert all(f'name="image-{Picture.objects.get().pk}-{name}"' in form for name in ("alt", "alt_en", "credit"))
