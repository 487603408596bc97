"""On PostgreSQL the entries that hold a word are always asked of the words' index."""

from django.db import migrations

from discovery.engines.words_index import lay_function, take_function_away


class Migration(migrations.Migration):

    dependencies = [
        ('discovery', '0006_a_promoted_row_is_one_thing'),
    ]

    operations = [
        migrations.RunPython(lay_function, take_function_away),
    ]
