"""Pictures from the store: types, paths, caching, ranges."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

DATA = bytes(range(256)) * 4  # 1,024 bytes
NAME = "anh/0123456789abcdef-336.webp"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save(NAME, ContentFile(DATA))
    return settings.MEDIA_ROOT


def get(client, name=NAME, method="get", **headers):
    return getattr(client, method)(f"/media/{name}", headers={key.replace("_", "-"): v for key, v in headers.items()})


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_picture_comes_whole_for_a_year_and_with_a_policy_of_its_own(client):
    response = get(client)
    assert (response.status_code, body(response)) == (200, DATA)
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Length"] == "1024"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Accept-Ranges"] == "bytes"
    assert "Set-Cookie" not in response


def test_head_tells_the_same_without_the_picture(client):
    response = get(client, method="head")
    assert (response.status_code, response.content, response["Content-Length"]) == (200, b"", "1024")
    assert response["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-1023", 0, 1023),
        ("bytes=100-199", 100, 199),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1000-5000", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=-5000", 0, 1023),
    ],
)
def test_a_part_is_exactly_the_bytes_asked_for(client, asked, first, last):
    response = get(client, range=asked)
    assert (response.status_code, body(response)) == (206, DATA[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/1024"
    assert response["Content-Length"] == str(last + 1 - first)
    assert response["Content-Type"] == "image/webp"


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_that_does_not_exist_is_416_and_tells_the_size(client, asked):
    response = get(client, range=asked)
    assert (response.status_code, body(response)) == (416, b"")
    assert response["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=9-3", "bytes=0-1,5-9", "lines=1-2", "bytes=a-b"])
def test_what_is_no_single_range_gets_the_whole(client, asked):
    response = get(client, range=asked)
    assert (response.status_code, body(response)) == (200, DATA)


def test_who_has_the_picture_already_hears_304(client):
    known = get(client)
    by_etag = get(client, if_none_match=known["ETag"])
    by_day = get(client, if_modified_since=known["Last-Modified"])
    assert [(one.status_code, one.content) for one in (by_etag, by_day)] == [(304, b""), (304, b"")]
    assert by_etag["ETag"] == known["ETag"]


def test_a_part_of_another_state_of_the_file_is_the_whole_file(client):
    etag = get(client)["ETag"]
    assert get(client, range="bytes=0-9", if_range='"another"').status_code == 200
    assert get(client, range="bytes=0-9", if_range=etag).status_code == 206


@pytest.mark.parametrize(
    "name", ["bai.svg", "bai.html", "bai.gif", "bai.pdf", "bai.webp.exe", "bai", "documents/bai.docx"]
)
def test_what_is_no_picture_is_never_served_though_it_lies_in_the_store(client, name):
    default_storage.save(name, ContentFile(DATA))
    assert get(client, name).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "anh/none.webp",
        "anh/",
        "../secret.png",
        "anh/../../secret.png",
        "%2e%2e/secret.png",
        "..%2fsecret.png",
        "anh%2f..%2f..%2fsecret.png",
        "..%5csecret.png",
        "/etc/secret.png",
        "anh/a%00.png",
        "x" * 300 + ".png",
    ],
)
def test_no_way_leads_out_of_the_store(client, store, name):
    (store.parent / "secret.png").write_bytes(b"secret")
    assert get(client, name).status_code == 404


def test_pictures_are_only_read(client):
    assert [get(client, method=method).status_code for method in ("post", "put", "delete")] == [405, 405, 405]
