"""Films truly sent to a server: one of 100 megabytes is answered in a sentence, and one not taken in leaves nothing."""

import http.client
import json
import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from wagtail.documents.models import Document

from showcase.documents import MEGABYTE
from showcase.loading import load_pages
from showcase.tests.working import client_of

pytestmark = pytest.mark.django_db(transaction=True)
WEIGHT = 100 * MEGABYTE
TITLE = "Hái chè ở bản Sì Thâu Chải"
SENTENCE = "Tệp nặng 100,0 MB, nhiều nhất được 60,0 MB. Hãy nén lại, hoặc cắt ngắn rồi tải lên."
PAGE, WINDOW, MANY = "/cms/documents/add/", "/cms/documents/chooser/create/", "/cms/documents/multiple/add/"
TOKEN, BOUNDARY = "a" * 32, "giua-hai-phan"


@pytest.fixture
def passing(tmp_path) -> Path:
    """Where the server keeps what is being sent to it."""
    folder = tmp_path / "passing"
    folder.mkdir()
    return folder


@pytest.fixture
def server(transactional_db, server_process, passing):
    # The tests' own folder would follow the passing one.
    with server_process(TMPDIR=str(passing), TEST_DIR=str(settings.TEST_DIR.parent)) as address:
        yield address


@pytest.fixture
def film(tmp_path) -> Path:
    """It begins as films do; the rest are noughts that take no room on the disk."""
    path = tmp_path / "hai-che.mp4"
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x20ftypisom")
        file.truncate(WEIGHT)
    return path


@pytest.mark.parametrize(("address", "prefix"), [(PAGE, ""), (WINDOW, "document-chooser-upload-"), (MANY, "")])
def test_a_film_of_100_megabytes_is_answered_in_a_sentence_and_leaves_nothing(server, passing, film, address, prefix):
    load_pages()
    kept, seen = files_in(settings.MEDIA_ROOT), []
    name = "files[]" if address == MANY else f"{prefix}file"
    fields = {"csrfmiddlewaretoken": TOKEN, f"{prefix}title": TITLE, f"{prefix}collection": "1"}

    status, told = send(
        server + address, client_of("editor"), fields, name, film, at_its_end=lambda: seen.extend(files_in(passing))
    )

    assert status == 200
    assert SENTENCE in told.replace("\xa0", " ")
    if address != MANY:  # there each file has its title from its name, in the list of those that came in
        assert f'value="{TITLE}"' in told
    assert not Document.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == kept
    assert len(seen) == 1, "the server keeps what is being sent elsewhere"
    assert is_emptied(passing)


def test_a_film_whose_sending_breaks_off_leaves_nothing(server, passing, film):
    load_pages()
    os.truncate(film, 30 * MEGABYTE)  # whole, it would be let in
    kept, seen = files_in(settings.MEDIA_ROOT), []
    fields = {"csrfmiddlewaretoken": TOKEN, "title": TITLE, "collection": "1"}

    def break_off():
        seen.extend(files_in(passing))
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        send(server + PAGE, client_of("editor"), fields, "file", film, at_its_end=break_off)

    assert len(seen) == 1 and is_emptied(passing)
    assert not Document.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == kept


def send(address: str, client, fields: dict, name: str, film: Path, at_its_end) -> tuple[int, str]:
    """Send a form with a film as a browser does, a piece at a time; the status and what the answer says."""
    marks = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"' for key in (*fields, name)]
    texts = [f"{mark}\r\n\r\n{text}\r\n" for mark, text in zip(marks, fields.values(), strict=False)]
    head = f'{"".join(texts)}{marks[-1]}; filename="{film.name}"\r\nContent-Type: video/mp4\r\n\r\n'.encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()

    def pieces() -> Iterator[bytes]:
        yield head
        with film.open("rb") as file:
            while piece := file.read(MEGABYTE):
                yield piece
        at_its_end()
        yield tail

    place = urlsplit(address)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(head) + film.stat().st_size + len(tail)),
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        "X-Requested-With": "XMLHttpRequest",
    }
    with closing(http.client.HTTPConnection(place.netloc, timeout=60)) as line:
        line.request("POST", place.path, pieces(), headers)
        answer = line.getresponse()
        text = answer.read().decode()
    if "json" in answer.headers["Content-Type"]:
        text = "\n".join(map(str, json.loads(text).values()))  # a form's HTML, or a sentence alone
    return answer.status, text


def files_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def is_emptied(folder: Path) -> bool:
    """A request's files go when its answer has been sent, a moment after it is read here."""
    for _ in range(50):
        if not files_in(folder):
            return True
        time.sleep(0.1)
    return False
