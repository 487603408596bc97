"""Oscar's migrations stay in Oscar; ours follow them here."""

from oscar.apps.partner import migrations as oscar_migrations

__path__ = [*__path__, *oscar_migrations.__path__]
