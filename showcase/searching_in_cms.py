"""The search of the CMS (pages, pictures, documents) reads without marks, as all searches of the site do.

Its index is Wagtail's, in the same database. As Wagtail leaves it, PostgreSQL takes no mark away, and SQLite neither
two from one letter (ế, ồ) nor the bar of đ: "tuyet" and "doi" would find nothing. Readers' searches never ask it.
"""

from importlib import import_module

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import And, Or, Phrase, PlainText

from areas.folding import fold

INDEXERS = {"sqlite": "sqlite.sqlite", "postgresql": "postgres.postgres"}


def read_without_marks() -> None:
    """Fold what is written into the index and what is asked of it: Wagtail leaves no setting for either. An index
    that was written before is to be written anew: `manage.py update_index`."""
    indexer = import_module(f"modelsearch.backends.database.{INDEXERS[connection.vendor]}").ObjectIndexer
    indexer.prepare_value = _folding_the_answer(indexer.prepare_value)
    BaseSearchBackend._search = _folding_the_question(BaseSearchBackend._search)


def _folding_the_answer(prepare_value):
    def folded_value(*arguments):
        return fold(prepare_value(*arguments))

    return folded_value


def _folding_the_question(search):
    def folded_search(backend, compiler, query, *arguments, **named):
        folded = folded_query(query)
        holds_no_word = isinstance(folded, PlainText | Phrase) and not folded.query_string
        return search(backend, compiler, "" if holds_no_word else folded, *arguments, **named)

    return folded_search


def folded_query(query):
    """What is asked, without marks; what is not plain words stays as it is."""
    if isinstance(query, str):
        return fold(query)
    if isinstance(query, PlainText):
        return PlainText(fold(query.query_string), operator=query.operator, boost=query.boost)
    if isinstance(query, Phrase):
        return Phrase(fold(query.query_string))
    if isinstance(query, And | Or):
        return type(query)([folded_query(each) for each in query.subqueries])
    return query
