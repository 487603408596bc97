"""The index of entries' words in the database: an FTS5 table on SQLite, a tsvector column on PostgreSQL.

Both follow the table of entries by themselves, so that no code has to remember them.
"""

ON_SQLITE = (
    # Words come as discovery.words wrote them, each one token: "ascii" leaves every letter beyond ASCII alone.
    """CREATE VIRTUAL TABLE discovery_words USING fts5(
        words, content='discovery_entry', content_rowid='id', tokenize='ascii', detail='none', prefix='3 4')""",
    """CREATE TRIGGER discovery_words_added AFTER INSERT ON discovery_entry BEGIN
        INSERT INTO discovery_words(rowid, words) VALUES (new.id, new.words);
    END""",
    """CREATE TRIGGER discovery_words_gone AFTER DELETE ON discovery_entry BEGIN
        INSERT INTO discovery_words(discovery_words, rowid, words) VALUES ('delete', old.id, old.words);
    END""",
    """CREATE TRIGGER discovery_words_changed AFTER UPDATE ON discovery_entry WHEN old.words <> new.words BEGIN
        INSERT INTO discovery_words(discovery_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO discovery_words(rowid, words) VALUES (new.id, new.words);
    END""",
    "INSERT INTO discovery_words(discovery_words) VALUES ('rebuild')",
)
OFF_SQLITE = (
    "DROP TRIGGER discovery_words_added",
    "DROP TRIGGER discovery_words_gone",
    "DROP TRIGGER discovery_words_changed",
    "DROP TABLE discovery_words",
)
ON_POSTGRESQL = (
    """ALTER TABLE discovery_entry ADD COLUMN lexemes tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX discovery_entry_lexemes ON discovery_entry USING gin (lexemes) WITH (fastupdate = off)",
)
# PostgreSQL takes no account of what it costs to unpack words: left to itself it reads every entry for a word that
# many hold, in six times the time.
ASKING_POSTGRESQL = """CREATE FUNCTION discovery_keys_with(asked tsquery) RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off
    AS 'SELECT array_agg(id) FROM discovery_entry WHERE lexemes @@ asked'"""
OFF_POSTGRESQL = ("ALTER TABLE discovery_entry DROP COLUMN lexemes",)


def lay(apps, schema_editor) -> None:
    _run(schema_editor, ON_POSTGRESQL, ON_SQLITE)


def take_away(apps, schema_editor) -> None:
    _run(schema_editor, OFF_POSTGRESQL, OFF_SQLITE)


def lay_function(apps, schema_editor) -> None:
    _run(schema_editor, (ASKING_POSTGRESQL,), ())


def take_function_away(apps, schema_editor) -> None:
    _run(schema_editor, ("DROP FUNCTION discovery_keys_with",), ())


def _run(schema_editor, on_postgresql, on_sqlite) -> None:
    for statement in on_postgresql if schema_editor.connection.vendor == "postgresql" else on_sqlite:
        schema_editor.execute(statement)
