"""A story stays whole in every place that tells of it, whatever becomes of the product that its blocks name."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from factories import show
from programme.models import Recognition
from showcase.loading import load_pages
from showcase.tests.test_live_blocks import LOSSES, delete, rule
from showcase.tests.writing import publish_story, sold

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)


def let_its_stars_run_out(product, jobs):
    yesterday = timezone.localdate() - timedelta(days=1)
    Recognition.objects.update(issued_on=date(2020, 1, 1), expires_on=yesterday, holds_until=yesterday)
    show(product)


@pytest.mark.parametrize("happens", [*LOSSES, let_its_stars_run_out])
def test_page_list_feed_and_data_of_a_story_outlive_its_product(client, jobs, settings, tmp_path, happens):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()
    stars = None if happens is delete else 4  # a product with a decision cannot be deleted
    [product] = sold(title="Trà Shan", stars=stars)
    named = [("products", {"products": [product]}), ("producer", {"producer": product.listing.producer})]
    publish_story(product, body=[*named, ("products_by_rule", {"title": "", **rule()})])

    happens(product, jobs)

    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    is_sold = happens is let_its_stars_run_out
    assert ("Trà Shan" in page, "4 sao" in page) == (is_sold, False)
    told = [json.loads(each) for each in DATA.findall(page)]
    assert "Article" in str(told) and "Trà Shan" not in str(told)
    for address in ("/cau-chuyen/", "/cau-chuyen/rss/"):
        answer = client.get(address)
        assert answer.status_code == 200 and "Mật ong ba vùng" in answer.content.decode(), address
