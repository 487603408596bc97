"""Editors and chief editors set what stands above the results of a word; translators do not."""

from django.db import migrations

GROUPS = ["Biên tập viên", "Biên tập chính"]


def give(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="discovery", model="promotion"
    )
    # Django makes permissions after all migrations; the groups need theirs now.
    rights = [
        Permission.objects.get_or_create(
            content_type=kind, codename=f"{act}_promotion", defaults={"name": f"Can {act} giới thiệu khi tìm"}
        )[0]
        for act in ("add", "change", "delete", "view")
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="discovery", content_type__model="promotion"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0005_a_contact_page_and_enquiries"),
        ("discovery", "0005_editors_set_what_stands_above_results"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
