"""Pages appear and disappear at the hour their editor has set."""

from django.core.management import call_command

from outbox.timers import timer


@timer(every=60)
def publish_and_withdraw_scheduled_pages():
    call_command("publish_scheduled", verbosity=0)
