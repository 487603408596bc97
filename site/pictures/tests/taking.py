"""For tests: pictures that come in, the jobs that wait for them, the files that are stored."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from PIL import Image

from pictures.intake import accept


def photograph(width=1600, height=800, form="JPEG"):
    out = BytesIO()
    noise = [Image.effect_noise((width, height), spread).convert("L") for spread in (60, 70, 80)]
    Image.merge("RGB", noise).save(out, form)
    return ContentFile(out.getvalue(), name=f"anh.{form.lower()}")


def take(file):
    return accept(file, title="Ảnh", alt="", alt_en="", credit="")


def waiting():
    return DBTaskResult.objects.filter(task_path="pictures.renditions.make_renditions", status="READY")


def do_what_waits():
    """As the worker would."""
    for job in waiting():
        job.task.call(**job.args_kwargs["kwargs"])
    waiting().delete()


def stored(folder="anh"):
    return sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []
