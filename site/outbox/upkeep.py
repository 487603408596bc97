"""What keeps the outbox itself in order, by timers."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from outbox import jobs
from outbox.models import Mail
from outbox.timers import timer

KEPT_AFTER_SENDING = timedelta(days=30)


@timer(every=60)
def mend_jobs():
    jobs.requeue_stuck_jobs()
    jobs.retry_failed_jobs()


@timer(every=3600)
def forget_finished_jobs():
    jobs.forget_finished_jobs()


@timer(every=3600)
def erase_old_mails():
    """Addresses and texts are personal data: thirty days after sending only the key stays, so that none goes twice."""
    long_ago = timezone.now() - KEPT_AFTER_SENDING
    done = Q(sent_at__lt=long_ago) | Q(given_up=True, written_at__lt=long_ago)
    Mail.objects.filter(done).exclude(to="").update(to="", reply_to="", subject="", text="", html="", error="")


@timer(every=24 * 3600)
def forget_ended_sessions():
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
