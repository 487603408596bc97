"""On PostgreSQL the words' index has a table of its own, as on SQLite: rows of entries are wide."""

from django.db import migrations

from discovery.engines.words_index import lay_beside, take_beside_away


class Migration(migrations.Migration):

    dependencies = [
        ('discovery', '0007_words_are_asked_of_their_index'),
    ]

    operations = [
        migrations.RunPython(lay_beside, take_beside_away),
    ]
