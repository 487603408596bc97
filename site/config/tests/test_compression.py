import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from config.compression import TextCompressionMiddleware

WORDS = "Một phiên chợ vùng cao. " * 100


def answered(response, accepts="gzip, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return TextCompressionMiddleware(lambda request: response)(request)


def test_a_page_is_compressed():
    answer = answered(HttpResponse(WORDS))
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == WORDS
    assert len(answer.content) < len(WORDS) / 4


def test_a_browser_that_cannot_read_it_gets_the_page_itself():
    answer = answered(HttpResponse(WORDS), accepts="identity")
    assert not answer.has_header("Content-Encoding")
    assert answer.content.decode() == WORDS


def test_caches_are_told_that_there_are_two():
    assert "Accept-Encoding" in answered(HttpResponse(WORDS), accepts="identity")["Vary"]


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(WORDS.encode(), content_type="image/webp"),
        HttpResponse(WORDS, status=206),
        FileResponse([WORDS.encode()], content_type="text/plain"),
    ],
    ids=["a picture", "a part of a file", "a file as it is read"],
)
def test_other_answers_stay_as_they_are(response):
    assert not answered(response).has_header("Content-Encoding")
