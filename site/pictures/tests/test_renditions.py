"""The files that pages show of a picture."""

from io import BytesIO
from pathlib import Path

import pytest
import wagtail.images
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from PIL import Image

from pictures import motifs
from pictures.loading import load_motifs
from pictures.models import WIDTHS, Picture
from pictures.renditions import FORMS, encoded, make_renditions, make_what_is_missing, names_of
from pictures.tests.taking import do_what_waits, photograph, stored, take, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def test_a_new_picture_waits_for_one_job_and_then_has_each_form_and_cut():
    picture = take(photograph())
    assert (waiting().count(), picture.files) == (1, {})
    do_what_waits()
    picture.refresh_from_db()
    parts = {"": {form: picture.files[form] for form in FORMS}, **picture.files["cuts"]}
    assert {
        shape: {form: [row[:2] for row in rows] for form, rows in part.items()} for shape, part in parts.items()
    } == {
        "": dict.fromkeys(FORMS, [[336, 168], [672, 336], [1200, 600]]),
        "square": dict.fromkeys(FORMS, [[336, 336], [672, 672], [800, 800]]),
        "wide": dict.fromkeys(FORMS, [[336, 252], [672, 504], [1067, 800]]),
        "share": {"jpeg": [[1200, 630]]},
    }
    for part in parts.values():
        for form, rows in part.items():
            for width, height, address in rows:
                image = Image.open(default_storage.path(address.removeprefix("/media/")))
                assert (image.format, image.size) == (form.upper(), (width, height))
    assert len(stored()) == len(names_of(picture.files)) == 28


def test_the_job_tells_that_the_picture_has_changed():
    picture = take(photograph(400, 400))
    make_renditions.call(picture_id=picture.pk)
    [job] = DBTaskResult.objects.filter(task_path="discovery.jobs.rebuild_entries_of_picture")
    assert job.args_kwargs["kwargs"] == {"picture_id": picture.pk}


def test_a_small_picture_is_never_drawn_larger():
    whole = [file for file in encoded(photograph(500, 250).read()) if not file.shape]
    assert [(file.form, file.width, file.height) for file in whole] == [
        *((form, 336, 168) for form in FORMS),
        *((form, 500, 250) for form in FORMS),
    ]
    sizes = {file.shape: (file.width, file.height) for file in encoded(photograph(200, 100).read())}
    assert sizes == {"": (200, 100), "square": (100, 100), "wide": (133, 100), "share": (190, 100)}


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
    assert set(old) < set(stored()) and len(stored()) == 2 * len(old) == 14
    assert not {address.rpartition("/")[2] for rows in picture.files.values() for *_, address in rows} & set(old)
    [job] = DBTaskResult.objects.filter(task_path="pictures.renditions.discard", status="READY")
    assert 3500 < (job.run_after - job.enqueued_at).total_seconds() < 3700
    job.task.call(**job.args_kwargs["kwargs"])
    assert not set(old) & set(stored()) and len(stored()) == 7


@pytest.mark.django_db(transaction=True)
def test_a_deleted_picture_takes_its_files_along():
    picture = take(photograph(300, 300))
    make_renditions.call(picture_id=picture.pk)
    assert len(stored()) == 7
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
    for file in encoded(out.getvalue(), shapes=()):
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
    [webp] = [file for file in encoded(photograph(300, 300).read(), shapes=()) if file.form == "webp"]
    assert b"VP8L" not in webp.data[:20]
    drawing = BytesIO()
    motifs.draw(motifs.read("bee"), 14).save(drawing, "PNG")
    files = encoded(drawing.getvalue(), shapes=())
    assert {file.form for file in files} == {"webp", "jpeg"}
    [webp] = [file for file in files if file.form == "webp"]
    assert b"VP8L" in webp.data[:20]


def test_what_a_lost_job_owes_is_made_later():
    picture = take(photograph(300, 300))
    take(photograph(300, 300))
    do_what_waits()
    Picture.objects.filter(pk=picture.pk).update(files={})
    make_what_is_missing()
    assert [job.args_kwargs["kwargs"] for job in waiting()] == [{"picture_id": picture.pk}]
    do_what_waits()
    picture.refresh_from_db()
    assert len(names_of(picture.files)) == 7
    make_what_is_missing()
    assert waiting().count() == 0


def test_a_real_photograph_is_smallest_in_avif_and_largest_in_jpeg():
    landscape = Path(wagtail.images.__file__).parent / "tests/image_files/landscape_1.jpg"
    weight = {form: 0 for form in FORMS}
    for file in encoded(landscape.read_bytes(), shapes=()):
        weight[file.form] += len(file.data)
    assert weight["avif"] < 0.9 * weight["webp"] and weight["webp"] < 0.9 * weight["jpeg"]
