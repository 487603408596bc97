"""The files that pages show of a picture."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from PIL import Image

from pictures import motifs
from pictures.intake import accept
from pictures.loading import load_motifs
from pictures.models import WIDTHS, Picture
from pictures.renditions import encoded, make_renditions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def photograph(width=1600, height=800, form="JPEG"):
    out = BytesIO()
    noise = [Image.effect_noise((width, height), spread).convert("L") for spread in (60, 70, 80)]
    Image.merge("RGB", noise).save(out, form)
    return ContentFile(out.getvalue(), name=f"anh.{form.lower()}")


def take(file):
    return accept(file, title="Ảnh", alt="", alt_en="", credit="")


def waiting():
    return DBTaskResult.objects.filter(task_path="pictures.renditions.make_renditions", status="READY")


def do_what_waits():
    """As the worker would."""
    for job in waiting():
        job.task.call(**job.args_kwargs["kwargs"])
    waiting().delete()


def stored(folder="anh"):
    return sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []


def test_a_new_picture_waits_for_one_job_and_then_has_six_files():
    picture = take(photograph())
    assert (waiting().count(), picture.files) == (1, {})
    do_what_waits()
    picture.refresh_from_db()
    assert {form: [row[:2] for row in rows] for form, rows in picture.files.items()} == {
        form: [[336, 168], [672, 336], [1200, 600]] for form in ("webp", "jpeg")
    }
    for form, rows in picture.files.items():
        for width, height, address in rows:
            image = Image.open(default_storage.path(address.removeprefix("/media/")))
            assert (image.format, image.size) == (form.upper(), (width, height))


def test_the_job_tells_that_the_picture_has_changed():
    picture = take(photograph(400, 400))
    make_renditions.call(picture_id=picture.pk)
    [job] = DBTaskResult.objects.filter(task_path="discovery.jobs.rebuild_entries_of_picture")
    assert job.args_kwargs["kwargs"] == {"picture_id": picture.pk}


def test_a_small_picture_is_never_drawn_larger():
    assert [(file.form, file.width, file.height) for file in encoded(photograph(500, 250).read())] == [
        ("webp", 336, 168),
        ("jpeg", 336, 168),
        ("webp", 500, 250),
        ("jpeg", 500, 250),
    ]
    assert {(file.width, file.height) for file in encoded(photograph(200, 100).read())} == {(200, 100)}


def test_the_job_done_twice_is_done_once():
    picture = take(photograph(400, 400))
    make_renditions.call(picture_id=picture.pk)
    first, files = stored(), Picture.objects.get().files
    changed = [default_storage.get_modified_time(f"anh/{name}") for name in first]
    make_renditions.call(picture_id=picture.pk)
    assert (stored(), Picture.objects.get().files) == (first, files)
    assert [default_storage.get_modified_time(f"anh/{name}") for name in first] == changed


def test_a_job_that_was_broken_off_leaves_no_second_file_behind():
    picture = take(photograph(400, 400))
    make_renditions.call(picture_id=picture.pk)
    names = stored()
    Picture.objects.update(files={})  # as if the files had been written, and then the machine went down
    make_renditions.call(picture_id=picture.pk)
    assert stored() == names


def test_a_picture_that_is_gone_is_no_fault():
    make_renditions.call(picture_id=987_654)


def test_a_new_file_gets_new_addresses_and_the_old_files_stay_for_an_hour():
    picture = take(photograph(300, 300))
    do_what_waits()
    picture.refresh_from_db()
    old = stored()
    picture.file.save("moi.jpg", photograph(300, 300))
    do_what_waits()
    picture.refresh_from_db()
    assert set(old) < set(stored()) and len(stored()) == 4
    assert not {address.rpartition("/")[2] for rows in picture.files.values() for *_, address in rows} & set(old)
    [job] = DBTaskResult.objects.filter(task_path="pictures.renditions.discard", status="READY")
    assert 3500 < (job.run_after - job.enqueued_at).total_seconds() < 3700
    job.task.call(**job.args_kwargs["kwargs"])
    assert not set(old) & set(stored()) and len(stored()) == 2


@pytest.mark.django_db(transaction=True)
def test_a_deleted_picture_takes_its_files_along():
    picture = take(photograph(300, 300))
    make_renditions.call(picture_id=picture.pk)
    assert len(stored()) == 2
    Picture.objects.get(pk=picture.pk).delete()
    assert stored() == []


def test_saving_words_alone_makes_no_files_anew():
    picture = take(photograph(300, 300))
    do_what_waits()
    picture.refresh_from_db()
    picture.alt = "Chợ phiên"
    picture.save()
    assert waiting().count() == 0


def test_a_transparent_picture_stands_on_paper():
    out = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    for file in encoded(out.getvalue()):
        colour = Image.open(BytesIO(file.data)).convert("RGB").getpixel((50, 50))
        assert max(abs(one - other) for one, other in zip(colour, (0xFB, 0xF7, 0xEE), strict=True)) <= 2


def test_motifs_are_small_files_and_every_one_has_both_descriptions():
    assert load_motifs(["loom", "bee"]) == 2
    pictures = Picture.objects.in_bulk(["loom", "bee"], field_name="motif")
    for picture in pictures.values():
        assert [row[0] for row in picture.files["webp"]] == list(WIDTHS)
        sizes = [default_storage.size(row[2].removeprefix("/media/")) for row in picture.files["webp"]]
        assert sizes[0] < 10_000 and sizes[1] < 20_000 and sizes[2] < 35_000
        assert picture.alt.startswith("Hình thêu chữ thập: ") and picture.alt_en.startswith("Cross-stitch motif: ")
    assert waiting().count() == 0  # their files are made on the spot


def test_motifs_are_drawn_once():
    load_motifs(["loom"])
    before = list(Picture.objects.values())
    assert load_motifs(["loom"]) == 0
    assert list(Picture.objects.values()) == before


def test_a_photograph_is_not_made_a_drawing():
    [webp] = [file for file in encoded(photograph(300, 300).read()) if file.form == "webp"]
    assert b"VP8L" not in webp.data[:20]
    drawing = BytesIO()
    motifs.draw(motifs.read("bee"), 14).save(drawing, "PNG")
    [webp] = [file for file in encoded(drawing.getvalue()) if file.form == "webp"]
    assert b"VP8L" in webp.data[:20]
