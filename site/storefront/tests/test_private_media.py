"""Films, sounds and papers of a collection that is open only to some, at every address they have."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from accounts.roles import GROUPS
from factories import make_user

pytestmark = pytest.mark.django_db
PUBLIC, PRIVATE = "public, max-age=31536000, immutable", "private, no-store"
KINDS = pytest.mark.parametrize("name", ["phim.mp4", "khen.mp3", "to-gap.pdf"])


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def collection():
    """A collection below one that only chief editors see."""
    closed = Collection.get_first_root_node().add_child(name="Nội bộ")
    restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=GROUPS["chief_editor"]))
    return closed.add_child(name="Phim nội bộ")


def keep(name: str, collection):
    file = SimpleUploadedFile(name, b"0123456789")
    return get_document_model().objects.create(title=name, file=file, file_size=10, collection=collection)


def addresses_of(document) -> list[str]:
    kept = document.file.url
    return [document.url] if kept.endswith(".pdf") else [document.url, kept]


def asked_by(client, role, address, **headers):
    if role:
        client.force_login(make_user(role), "accounts.login.EmailOrPhoneBackend")
    return client.get(address, headers=headers)


@KINDS
def test_a_stranger_is_led_to_the_log_in_and_back(client, collection, name):
    for address in addresses_of(keep(name, collection)):
        answer = asked_by(client, None, address, range="bytes=0-3", if_modified_since="Tue, 24 Nov 2099 10:00:00 GMT")

        assert (answer.status_code, answer["Location"]) == (302, f"/dang-nhap/?next={address}")


@KINDS
def test_whoever_is_not_of_the_group_finds_nothing(client, collection, name):
    for address in addresses_of(keep(name, collection)):
        assert asked_by(client, "editor", address).status_code == 404


@KINDS
def test_whoever_is_of_the_group_sees_it_and_no_cache_keeps_it_for_others(client, collection, name):
    document = keep(name, collection)

    answers = [asked_by(client, "chief_editor", address) for address in addresses_of(document)]

    assert [b"".join(answer.streaming_content) for answer in answers] == [b"0123456789"] * len(answers)
    if len(answers) > 1:
        assert answers[1]["Cache-Control"] == PRIVATE


def test_a_film_of_an_open_collection_is_everybodys(client):
    film = keep("phim.mp4", Collection.get_first_root_node())

    answer = client.get(film.file.url)

    assert (answer.status_code, answer["Cache-Control"], answer["Content-Type"]) == (200, PUBLIC, "video/mp4")


@pytest.mark.parametrize("way", ["documents/./{}", "documents//{}", "anh/../documents/{}"])
def test_no_other_spelling_of_its_address_leads_past(client, collection, way):
    film = keep("phim.mp4", collection)

    assert client.get("/media/" + way.format(film.filename)).status_code == 404


def test_a_film_that_the_library_no_longer_holds_is_gone_though_its_file_is_there(client):
    film = keep("phim.mp4", Collection.get_first_root_node())
    get_document_model().objects.filter(pk=film.pk).delete()

    assert client.get(film.file.url).status_code == 404
