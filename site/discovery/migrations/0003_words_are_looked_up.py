"""Where the database engine looks words up (discovery.engines.database).

A later migration that lets Django remake the table of entries on SQLite drops the triggers: it must lay them again.
"""

from django.db import migrations

from discovery.engines.words_index import lay, take_away


class Migration(migrations.Migration):

    dependencies = [
        ('discovery', '0002_what_can_be_found'),
    ]

    operations = [
        migrations.RunPython(lay, take_away),
    ]
