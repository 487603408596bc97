"""Documents that editors bring: known kinds, bearable sizes, and truly what their name says."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document

from showcase.documents import MEGABYTE, check_document
from showcase.tests.working import client_of

pytestmark = pytest.mark.django_db
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00This program cannot be run in DOS mode."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEADS = {
    "pdf": b"%PDF-1.7\n",
    "mp4": b"\x00\x00\x00\x20ftypisom",
    "m4a": b"\x00\x00\x00\x20ftypM4A ",
    "webm": b"\x1a\x45\xdf\xa3\x01",
    "ogg": b"OggS\x00\x02",
    "mp3": b"ID3\x04\x00",
}


def office(part: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr(part, "<x/>")
    return out.getvalue()


FILES = HEADS | {"docx": office("word/document.xml"), "xlsx": office("xl/workbook.xml")}


def uploaded(name: str, content: bytes, size: int | None = None) -> SimpleUploadedFile:
    file = SimpleUploadedFile(name, content)
    file.size = size or file.size
    return file


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor():
    return client_of("editor")


def send(client, file, **more):
    return client.post("/cms/documents/add/", {"title": "Tờ gấp", "file": file, "collection": 1, **more})


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_each_kind_comes_in(editor, kind):
    answer = send(editor, uploaded(f"Tờ gấp Đường.{kind.upper()}", FILES[kind]))

    assert answer.status_code == 302
    stored = Document.objects.get()
    assert stored.file.name.startswith("documents/to-gap-duong") and stored.file.name.endswith(f".{kind}")
    assert stored.file.read() == FILES[kind]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("khen.mp3", PROGRAM, "không phải MP3"),
        ("phim.mp4", PROGRAM, "không phải MP4"),
        ("to-gap.pdf", PROGRAM, "không phải PDF"),
        ("bang.xlsx", office("word/document.xml"), "không phải XLSX"),
        ("don.docx", office("malware.exe"), "không phải DOCX"),
        ("to-gap.pdf", SVG, "không phải PDF"),
        ("anh.svg", SVG, "Thư viện nhận tệp PDF"),
        ("cai-dat.exe", PROGRAM, "Thư viện nhận tệp PDF"),
        ("trang.html", b"<script>alert(1)</script>", "Thư viện nhận tệp PDF"),
        ("to-gap.pdf.exe", HEADS["pdf"], "Thư viện nhận tệp PDF"),
        ("khong-duoi", HEADS["pdf"], "Thư viện nhận tệp PDF"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused_in_a_sentence(editor, name, content, sentence):
    answer = send(editor, uploaded(name, content))

    assert sentence in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(("kind", "most"), [("mp4", 60), ("webm", 60), ("pdf", 15), ("mp3", 15), ("docx", 15)])
def test_a_film_has_60_megabytes_and_everything_else_15(kind, most):
    with pytest.raises(ValidationError, match=f"nhiều nhất được {most}\\b"):
        check_document(uploaded(f"tep.{kind}", FILES[kind], most * MEGABYTE + 1))


@pytest.mark.parametrize(("kind", "most"), [("mp4", 60), ("pdf", 15)])
def test_a_file_just_as_heavy_as_allowed_comes_in(kind, most):
    assert check_document(uploaded(f"tep.{kind}", FILES[kind], most * MEGABYTE)) is None


def test_a_film_of_100_megabytes_is_told_its_size():
    with pytest.raises(ValidationError, match="Tệp nặng 100"):
        check_document(uploaded("phim.mp4", HEADS["mp4"], 100 * MEGABYTE))


def test_many_at_once_and_the_chooser_ask_the_same(editor):
    many = editor.post(
        "/cms/documents/multiple/add/",
        {"title": "Tệp", "files[]": uploaded("phim.mp4", PROGRAM), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    chosen = editor.post(
        "/cms/documents/chooser/create/",
        {
            "document-chooser-upload-title": "Tệp",
            "document-chooser-upload-file": uploaded("phim.mp4", PROGRAM),
            "document-chooser-upload-collection": 1,
        },
    )

    assert "không phải MP4" in many.json()["error_message"]
    assert "không phải MP4" in str(chosen.json())
    assert not Document.objects.exists()


def test_a_new_file_for_a_document_is_looked_at_too(editor):
    send(editor, uploaded("to-gap.pdf", FILES["pdf"]))
    document = Document.objects.get()

    editor.post(
        f"/cms/documents/edit/{document.pk}/", {"title": "Tờ gấp", "file": uploaded("x.pdf", PROGRAM), "collection": 1}
    )
    editor.post(f"/cms/documents/edit/{document.pk}/", {"title": "Tên mới", "collection": 1})

    document = Document.objects.get()
    assert (document.title, document.file.read()) == ("Tên mới", FILES["pdf"])


def test_a_film_is_served_whole_and_in_part_and_papers_are_not(client, editor):
    for kind in ("mp4", "pdf"):
        send(editor, uploaded(f"phim.{kind}", FILES[kind]))
    film, paper = Document.objects.order_by("pk")

    whole, part = client.get(film.file.url), client.get(film.file.url, headers={"range": "bytes=4-7"})

    assert (whole.status_code, whole["Content-Type"], whole["Accept-Ranges"]) == (200, "video/mp4", "bytes")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert client.get(paper.file.url).status_code == 404


def test_two_films_of_one_name_never_share_an_address(editor):
    for _film in range(2):
        send(editor, uploaded("phim.mp4", FILES["mp4"]))

    first, second = Document.objects.values_list("file", flat=True)
    assert first != second and len(first) == len(second)


def test_translators_bring_no_files():
    send(client_of("translator"), uploaded("to-gap.pdf", FILES["pdf"]))

    assert not Document.objects.exists()


def test_pages_may_play_films_of_this_site_alone(client):
    policy = client.get("/dang-nhap/")["Content-Security-Policy"]

    assert "media-src 'self'" in policy
