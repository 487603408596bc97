"""One file a page type."""

from showcase.models.home import HomePage
from showcase.models.story import StoryIndexPage, StoryPage, StoryProduct

__all__ = ["HomePage", "StoryIndexPage", "StoryPage", "StoryProduct"]
