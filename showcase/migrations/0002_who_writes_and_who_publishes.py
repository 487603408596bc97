"""Three groups and one way to the readers: editors write, chief editors review and publish, translators translate.

Wagtail makes two groups with English names and a workflow; they become ours. On which pages a group works is said when
the pages are there (showcase/teams.py). Pictures and documents are in one collection: who writes may add to it, who
translates may choose from it.
"""

from django.db import migrations

EDITORS, CHIEF_EDITORS, TRANSLATORS = "Biên tập viên", "Biên tập chính", "Người dịch"


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    OnPages = apps.get_model("wagtailcore", "GroupPagePermission")
    OnCollections = apps.get_model("wagtailcore", "GroupCollectionPermission")
    Group.objects.filter(name="Editors").update(name=EDITORS)
    Group.objects.filter(name="Moderators").update(name=CHIEF_EDITORS)
    editors, chiefs, translators = (
        Group.objects.get_or_create(name=name)[0] for name in (EDITORS, CHIEF_EDITORS, TRANSLATORS)
    )
    # The root of all pages is nobody's: groups work below the homes.
    OnPages.objects.filter(group__in=[editors, chiefs, translators], page__depth=1).delete()
    translators.permissions.add(*Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"))
    choosing = OnCollections.objects.filter(group=editors, permission__codename__in=["choose_image", "choose_document"])
    for row in choosing:
        OnCollections.objects.create(group=translators, collection_id=row.collection_id, permission_id=row.permission_id)
    translating = Permission.objects.get(content_type__app_label="wagtail_localize", codename="submit_translation")
    for group in (chiefs, translators):
        group.permissions.add(translating)
    # Those who hold the office of an editor are in the editors' group.
    holders = apps.get_model("accounts", "Role").objects.filter(name="editor").values_list("user_id", flat=True)
    chiefs.user_set.clear()
    editors.user_set.set(list(holders))


def name_workflow(apps, schema_editor):
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").update(name="Biên tập chính duyệt")
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(name="Duyệt bài")


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0001_initial"),
        ("accounts", "0002_a_role_is_held_once"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(name_workflow, migrations.RunPython.noop),
    ]
