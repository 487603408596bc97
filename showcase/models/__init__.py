"""One file a page type."""

from showcase.models.activity import Activity
from showcase.models.contact import ContactPage, ContactWay
from showcase.models.enquiry import Enquiry
from showcase.models.fair import Booth, FairIndexPage, FairPage
from showcase.models.feature import FeatureIndexPage, FeaturePage, FeatureStory
from showcase.models.guide import GuideIndexPage, GuidePage
from showcase.models.home import HomePage
from showcase.models.news import NewsIndexPage, NewsPage
from showcase.models.registration import BoothRequest, Desk, Registration
from showcase.models.story import StoryIndexPage, StoryPage, StoryProduct
from showcase.models.village import VillageIndexPage, VillagePage

__all__ = [
    "Activity",
    "Booth",
    "ContactPage",
    "ContactWay",
    "Enquiry",
    "BoothRequest",
    "Desk",
    "FairIndexPage",
    "FairPage",
    "FeatureIndexPage",
    "FeaturePage",
    "FeatureStory",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Registration",
    "StoryIndexPage",
    "StoryPage",
    "StoryProduct",
    "VillageIndexPage",
    "VillagePage",
]
