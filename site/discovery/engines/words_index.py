"""The index of entries' words in the database: an FTS5 table on SQLite, a table of tsvectors on PostgreSQL.

Both are called discovery_words and follow the table of entries by themselves, so that no code has to remember them.
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
ASKING_POSTGRESQL = """CREATE OR REPLACE FUNCTION discovery_keys_with(asked tsquery) RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off
    AS 'SELECT array_agg(id) FROM discovery_entry WHERE lexemes @@ asked'"""
OFF_POSTGRESQL = ("ALTER TABLE discovery_entry DROP COLUMN lexemes",)


# Beside the wide rows of entries: fewer pages are read for a word that many hold, and an entry whose price alone has
# changed leaves the index as it is.
BESIDE_ON_POSTGRESQL = (
    "CREATE TABLE discovery_words (id bigint PRIMARY KEY, lexemes tsvector NOT NULL)",
    """CREATE OR REPLACE FUNCTION discovery_words_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO discovery_words VALUES (new.id, array_to_tsvector(string_to_array(new.words, ' ')))
            ON CONFLICT (id) DO UPDATE SET lexemes = excluded.lexemes;
        RETURN NULL;
    END $$""",
    """CREATE OR REPLACE FUNCTION discovery_words_leave() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM discovery_words WHERE id = old.id;
        RETURN NULL;
    END $$""",
    """CREATE OR REPLACE FUNCTION discovery_words_leave_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        TRUNCATE discovery_words;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER discovery_words_added AFTER INSERT ON discovery_entry
        FOR EACH ROW EXECUTE FUNCTION discovery_words_follow()""",
    """CREATE TRIGGER discovery_words_changed AFTER UPDATE ON discovery_entry
        FOR EACH ROW WHEN (old.words <> new.words) EXECUTE FUNCTION discovery_words_follow()""",
    """CREATE TRIGGER discovery_words_gone AFTER DELETE ON discovery_entry
        FOR EACH ROW EXECUTE FUNCTION discovery_words_leave()""",
    """CREATE TRIGGER discovery_words_all_gone AFTER TRUNCATE ON discovery_entry
        FOR EACH STATEMENT EXECUTE FUNCTION discovery_words_leave_all()""",
    # From the first trigger on nobody writes entries until all of this is done.
    """INSERT INTO discovery_words
        SELECT id, array_to_tsvector(string_to_array(words, ' ')) FROM discovery_entry""",
    "CREATE INDEX discovery_words_lexemes ON discovery_words USING gin (lexemes) WITH (fastupdate = off)",
    "DROP FUNCTION IF EXISTS discovery_keys_with",
    "ALTER TABLE discovery_entry DROP COLUMN lexemes",
)
BESIDE_OFF_POSTGRESQL = (
    *ON_POSTGRESQL,
    ASKING_POSTGRESQL,
    "DROP TRIGGER discovery_words_added ON discovery_entry",
    "DROP TRIGGER discovery_words_changed ON discovery_entry",
    "DROP TRIGGER discovery_words_gone ON discovery_entry",
    "DROP TRIGGER discovery_words_all_gone ON discovery_entry",
    "DROP FUNCTION discovery_words_follow",
    "DROP FUNCTION discovery_words_leave",
    "DROP FUNCTION discovery_words_leave_all",
    "DROP TABLE discovery_words",
)


def lay(apps, schema_editor) -> None:
    _run(schema_editor, ON_POSTGRESQL, ON_SQLITE)


def take_away(apps, schema_editor) -> None:
    _run(schema_editor, OFF_POSTGRESQL, OFF_SQLITE)


def lay_function(apps, schema_editor) -> None:
    _run(schema_editor, (ASKING_POSTGRESQL,), ())


def take_function_away(apps, schema_editor) -> None:
    _run(schema_editor, ("DROP FUNCTION discovery_keys_with",), ())


def lay_beside(apps, schema_editor) -> None:
    _run(schema_editor, BESIDE_ON_POSTGRESQL, ())


def take_beside_away(apps, schema_editor) -> None:
    _run(schema_editor, BESIDE_OFF_POSTGRESQL, ())


def _run(schema_editor, on_postgresql, on_sqlite) -> None:
    for statement in on_postgresql if schema_editor.connection.vendor == "postgresql" else on_sqlite:
        schema_editor.execute(statement)
