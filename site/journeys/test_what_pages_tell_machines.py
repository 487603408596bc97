"""The data of every page for search engines holds only types and properties that schema.org knows."""

import json
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
KINDS = {  # what the built-in data shows; its fairs are samples, which no page announces as events
    "Article",
    "BreadcrumbList",
    "ContactPage",
    "NewsArticle",
    "Organization",
    "Product",
    "TouristAttraction",
    "WebSite",
}
EVENT = {  # as showcase/tests/test_structured.py reads it from a fair's page
    "@context": "https://schema.org",
    "@type": "Event",
    "name": "Hội chợ",
    "startDate": "2026-12-01",
    "endDate": "2026-12-03",
    "eventStatus": "https://schema.org/EventScheduled",
    "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
    "location": {"@type": "Place", "name": "Chợ", "address": {"@type": "PostalAddress", "addressCountry": "VN"}},
    "organizer": {"@type": "Organization", "name": "OCOP Lai Châu", "url": "http://localhost:8000/"},
}
OPTIONS = ("--noEmit", "--strict", "--skipLibCheck")


@pytest.fixture(scope="module")
def told(kept_lai_chau, kept_database, django_db_blocker) -> dict[str, list[dict]]:
    """The data of every page that the sitemap names, by path."""
    with django_db_blocker.unblock():
        kept_lai_chau.put_back()
        try:
            cache.clear()
            client = Client()
            places = ElementTree.fromstring(client.get("/sitemap.xml").content).iter(LOCATION)
            paths = ["/" + place.text.split("/", 3)[3] for place in places]
            return {path: data_in(client.get(path)) for path in paths}
        finally:
            kept_database.put_back()


def data_in(answer) -> list[dict]:
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    blocks = BeautifulSoup(answer.content, "html.parser").find_all("script", type="application/ld+json")
    return [json.loads(block.string) for block in blocks]


@pytest.fixture
def complaints_of(tools_of_npm, tmp_path):
    """A function that reads data with the types of schema.org, and returns what TypeScript finds wrong."""
    (tmp_path / "node_modules").symlink_to(tools_of_npm)

    def read(*data: dict) -> list[str]:
        lines = ['import type { Thing, WithContext } from "schema-dts";']
        lines += [f"export const d{n}: WithContext<Thing> = {json.dumps(each)};" for n, each in enumerate(data)]
        (tmp_path / "data.ts").write_text("\n".join(lines))
        command = [shutil.which("node"), tools_of_npm / "typescript/bin/tsc", *OPTIONS, "data.ts"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        return [line for line in run.stdout.splitlines() if not line.startswith(" ")]

    return read


def test_every_page_tells_what_schema_org_knows(told, complaints_of):
    data = [each for blocks in told.values() for each in blocks]

    assert {each["@type"] for each in data} == KINDS
    assert len(told) > 150
    different = {json.dumps(shape_of(each), sort_keys=True): each for each in data}  # one of each shape is enough
    assert complaints_of(*different.values(), EVENT) == []


def shape_of(data):
    """The same with every text but types and addresses of schema.org left out."""
    if isinstance(data, dict):
        return {name: value if name == "@type" else shape_of(value) for name, value in data.items()}
    if isinstance(data, list):
        return [shape_of(each) for each in data]
    return data if isinstance(data, str) and data.startswith("https://schema.org/") else type(data).__name__


def test_every_product_and_editor_s_page_tells_what_it_is_and_the_way_to_it(told):
    for path, blocks in told.items():
        kinds = [each["@type"] for each in blocks]
        if path.startswith(("/cau-chuyen/", "/en/stories/")) and path.count("/") > (3 if "/en/" in path else 2):
            assert kinds == ["Article", "BreadcrumbList"], path
        if "Product" in kinds:
            assert kinds == ["Product", "BreadcrumbList"], path


def test_what_schema_org_does_not_know_is_found(complaints_of):
    """A control: the test above can fail."""
    complaints = complaints_of(
        {"@context": "https://schema.org", "@type": "Artikle", "name": "x"},
        EVENT,
        {"@context": "https://schema.org", "@type": "Event", "beginsOn": "2026-01-01"},
        {"@context": "https://schema.org", "@type": "Product", "hasCertification": {"@type": "Certification", "is": 4}},
    )

    assert [complaint.partition(",")[0] for complaint in complaints] == ["data.ts(2", "data.ts(4", "data.ts(5"]
