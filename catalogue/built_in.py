"""The built-in data: classification, producers, villages and products, from one file."""

import json
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "products.json"


@lru_cache(maxsize=1)
def built_in() -> dict:
    """The file's content: lists `branches`, `groups`, `sets`, `producers`, `villages`, `products`, and
    `former_branches` by the text that named them."""
    return json.loads(FILE.read_text(encoding="utf-8"))
