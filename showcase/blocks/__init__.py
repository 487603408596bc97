"""What an editor builds pages from. Each block has an icon, a description, a preview and a template of its own.

Blocks of live things (products, producers, places, figures) draw from what the page has gathered for all of them at
once (showcase/gathering.py), so that a page asks the database as much for ten blocks as for one.
"""

from showcase.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
