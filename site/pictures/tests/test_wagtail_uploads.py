"""Wagtail's own screens take pictures in the same way."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from factories import make_user
from pictures.models import Picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user, backend="accounts.login.EmailOrPhoneBackend")
    return client


def jpeg_with_a_place(name="nha-ba-lu.jpg"):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 23.0, 9.0)})
    out = BytesIO()
    Image.new("RGB", (80, 60), "red").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def gif(name="anh.png"):
    out = BytesIO()
    Image.new("RGB", (80, 60), "red").save(out, "GIF")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def is_clean(picture):
    with picture.file.open("rb") as file:
        return dict(Image.open(file).getexif()) == {} and "ba-lu" not in picture.file.name


def test_a_single_upload_is_cleaned(editor):
    response = editor.post(
        "/cms/images/add/", {"title": "Chợ", "file": jpeg_with_a_place(), "alt": "Chợ phiên", "collection": 1}
    )
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (is_clean(picture), picture.alt, picture.width, picture.height) == (True, "Chợ phiên", 80, 60)


def test_many_at_once_are_cleaned(editor):
    response = editor.post(
        "/cms/images/multiple/add/",
        {"title": "Chợ", "files[]": jpeg_with_a_place(), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.json()["success"] is True
    assert is_clean(Picture.objects.get())


def test_an_upload_in_the_chooser_is_cleaned(editor):
    response = editor.post(
        "/cms/images/chooser/create/",
        {
            "image-chooser-upload-title": "Chợ",
            "image-chooser-upload-file": jpeg_with_a_place(),
            "image-chooser-upload-collection": 1,
        },
    )
    assert response.status_code == 200
    assert is_clean(Picture.objects.get())


def test_a_new_file_for_a_picture_is_cleaned(editor):
    editor.post("/cms/images/add/", {"title": "Chợ", "file": jpeg_with_a_place("cu.jpg"), "collection": 1})
    old = Picture.objects.get()
    editor.post(f"/cms/images/{old.pk}/", {"title": "Chợ", "file": jpeg_with_a_place(), "collection": 1})
    new = Picture.objects.get()
    assert is_clean(new)
    assert new.file.name != old.file.name


@pytest.mark.parametrize("address", ["/cms/images/add/", "/cms/images/multiple/add/"])
def test_a_refused_file_is_told_in_a_sentence_and_leaves_nothing(editor, address):
    response = editor.post(
        address,
        {"title": "Chợ", "file": gif(), "files[]": gif(), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    said = response.json()["error_message"] if "multiple" in address else response.content.decode()
    assert "Tệp này không phải ảnh JPEG, PNG hay WebP." in said
    assert not Picture.objects.exists()
