"""The point that an editor marks on a picture stays in what pages cut out of it."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult
from PIL import Image

from factories import make_user
from pictures.models import Picture
from pictures.renditions import cut, make_renditions, names_of
from pictures.tests.taking import do_what_waits, stored, take, waiting

pytestmark = pytest.mark.django_db
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)
SQUARE = 1


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"), backend="accounts.login.EmailOrPhoneBackend")
    return client


def flag() -> bytes:
    """A picture of 1200 × 400: red, green and blue from left to right."""
    picture = Image.new("RGB", (1200, 400), GREEN)
    picture.paste(RED, (0, 0, 400, 400))
    picture.paste(BLUE, (800, 0, 1200, 400))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def picture():
    taken = take(ContentFile(flag(), name="anh.png"))
    do_what_waits()
    taken.refresh_from_db()
    return taken


def mark(client, picture, x="", y="", **fields):
    """Send Wagtail's form of a picture with a point dragged open on it; the picture as it is then."""
    size = 80 if x else ""
    point = {"focal_point_x": x, "focal_point_y": y, "focal_point_width": size, "focal_point_height": size}
    sent = {"title": "Cờ", "alt": "Cờ ba màu", "alt_en": "", "credit": "", "tags": "", "collection": 1}
    answer = client.post(f"/cms/images/{picture.pk}/", {**sent, **point, **fields})
    assert answer.status_code == 302, answer.context["form"].errors
    return Picture.objects.get(pk=picture.pk)


def colour_of(picture, shape):
    """The colour in the middle of the largest JPEG of a shape."""
    address = picture.files["cuts"][shape]["jpeg"][-1][2]
    with default_storage.open(address.removeprefix("/media/")) as file:
        image = Image.open(file).convert("RGB")
        found = image.getpixel((image.width // 2, image.height // 2))
    return min((RED, GREEN, BLUE), key=lambda each: sum(abs(a - b) for a, b in zip(each, found, strict=True)))


def test_without_a_point_the_middle_is_cut_out(picture):
    assert {colour_of(picture, shape) for shape in ("square", "wide", "share")} == {GREEN}


@pytest.mark.parametrize(("x", "colour"), [(1150, BLUE), (60, RED), (600, GREEN)])
def test_what_is_cut_out_moves_with_the_point(editor, picture, x, colour):
    mark(editor, picture, x, 200)
    do_what_waits()

    picture.refresh_from_db()
    assert colour_of(picture, "square") == colour_of(picture, "wide") == colour
    assert picture.files["cuts"]["square"]["jpeg"][-1][:2] == [400, 400]


def test_a_moved_point_makes_new_files_and_the_old_ones_go(editor, picture):
    old = stored()

    moved = mark(editor, picture, 1150, 200)

    assert (waiting().count(), moved.files) == (1, picture.files)  # until then pages show what there is
    do_what_waits()
    moved.refresh_from_db()
    new = {name.rpartition("/")[2] for name in names_of(moved.files)}
    assert not new & set(old) and set(stored()) == new | set(old)
    [job] = DBTaskResult.objects.filter(task_path="pictures.renditions.discard", status="READY")
    job.task.call(**job.args_kwargs["kwargs"])
    assert set(stored()) == new


def test_a_point_put_back_keeps_the_files_that_it_names_again(editor, picture):
    for x, y in ((1150, 200), ("", "")):
        picture = mark(editor, picture, x, y)
        do_what_waits()
        picture.refresh_from_db()

    for job in DBTaskResult.objects.filter(task_path="pictures.renditions.discard", status="READY"):
        job.task.call(**job.args_kwargs["kwargs"])

    assert set(stored()) == {name.rpartition("/")[2] for name in names_of(picture.files)}


def test_a_point_moved_while_its_files_are_made_is_not_overwritten(monkeypatch, editor, picture):
    mark(editor, picture, 1150, 200)
    from pictures import renditions

    encode = renditions.encoded

    def meanwhile(*args, **kwargs):
        Picture.objects.filter(pk=picture.pk).update(focal_point_x=60)
        return encode(*args, **kwargs)

    monkeypatch.setattr(renditions, "encoded", meanwhile)
    make_renditions.call(picture_id=picture.pk)
    picture.refresh_from_db()
    assert colour_of(picture, "square") == GREEN

    monkeypatch.setattr(renditions, "encoded", encode)
    make_renditions.call(picture_id=picture.pk)
    picture.refresh_from_db()
    assert colour_of(picture, "square") == RED


def test_a_new_file_forgets_the_point_of_the_old_one(editor, picture):
    marked = mark(editor, picture, 1150, 200)
    assert marked.has_focal_point()

    renewed = mark(editor, picture, 1150, 200, file=SimpleUploadedFile("moi.png", flag(), "image/png"))

    assert not renewed.has_focal_point()
    assert renewed.file.name != marked.file.name


def test_the_form_shows_where_to_mark_the_point(editor, picture):
    page = editor.get(f"/cms/images/{picture.pk}/").content.decode()

    assert 'class="focal-point-chooser"' in page and 'data-original-width="1200"' in page
    assert all(f'name="focal_point_{name}"' in page for name in ("x", "y", "width", "height"))


def test_the_form_asks_for_words_in_both_languages_and_says_what_they_are_for(editor, picture):
    page = editor.get(f"/cms/images/{picture.pk}/").content.decode()

    assert all(f'name="{name}"' in page for name in ("alt", "alt_en", "credit"))
    assert 'id="id_description"' not in page  # Wagtail's own, which would ask for the same again
    assert "nghe đọc lên" in page and "bằng tiếng Anh" in page and "đứng dưới ảnh" in page


@pytest.mark.parametrize(
    ("size", "ratio", "focus", "box"),
    [
        ((1200, 400), SQUARE, None, (400, 0, 800, 400)),
        ((1200, 400), SQUARE, (0, 0), (0, 0, 400, 400)),
        ((1200, 400), SQUARE, (5000, 5000), (800, 0, 1200, 400)),  # a point off the picture: a file changed by hand
        ((400, 1200), SQUARE, (200, 300), (0, 100, 400, 500)),
        ((300, 300), SQUARE, (0, 0), (0, 0, 300, 300)),
        ((1, 900), 4 / 3, (0, 899), (0, 898, 1, 899)),
    ],
)
def test_a_cut_is_as_large_as_it_can_be_and_stays_on_the_picture(size, ratio, focus, box):
    assert cut(size, ratio, focus) == box
