import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0001_initial'),
        ('catalogue', '0035_listing_producer_listing_product_listing_village_and_more'),
        ('discovery', '0001_initial'),
        ('producers', '0001_initial'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('text', models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='entry',
            name='entry_of_commune',
        ),
        migrations.RemoveIndex(
            model_name='entry',
            name='entry_of_producer',
        ),
        migrations.AddField(
            model_name='entry',
            name='ends_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='key',
            field=models.CharField(default='', max_length=36),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('product', 'Sản phẩm'), ('producer', 'Nhà sản xuất'), ('story', 'Câu chuyện'), ('village', 'Bản làng'), ('fair', 'Hội chợ'), ('guide', 'Hướng dẫn')], default='product', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entry',
            name='path',
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name='entry',
            name='path_en',
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name='entry',
            name='people',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='entry',
            name='people_en',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='entry',
            name='producer_area',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='entry',
            name='producer_kind',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='entry',
            name='reach',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='entry',
            name='season_from',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='season_to',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='starts_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='village',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='areas.village'),
        ),
        migrations.AddField(
            model_name='entry',
            name='words',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='entry',
            name='area',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='areas.area'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='area_name',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name='entry',
            name='area_name_en',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name='entry',
            name='branch',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='catalogue.branch'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='catalogue.group'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='producer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='producers.producer'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='producer_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='entry',
            name='producer_name_en',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='entry',
            name='product',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='catalogue.product'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='product_set',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='catalogue.productset'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='summary',
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AlterField(
            model_name='entry',
            name='summary_en',
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('is_alcohol', False), ('kind', 'product')), fields=['area', 'listed_at'], name='entry_of_commune'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('is_alcohol', False), ('kind', 'product')), fields=['producer', 'listed_at'], name='entry_of_producer'),
        ),
        migrations.RunSQL("UPDATE discovery_entry SET key = CAST(product_id AS TEXT)", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('kind', 'key'), name='entry_once_a_thing'),
        ),
    ]
