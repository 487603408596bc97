"""The worker beside the server: runs jobs, sends mails, keeps the timers. Any number may run at once."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from outbox.jobs import run_one_job
from outbox.mails import send_waiting
from outbox.timers import run_due_timers

logger = logging.getLogger(__name__)

PAUSE = 1  # seconds between looks when nothing waits
PAUSE_AFTER_FAILURE = 5  # seconds, when the database does not answer
TURN = 5  # seconds of jobs at most before the timers are looked at again


class Command(BaseCommand):
    help = "Run jobs, send mails and keep the timers until told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits now, then stop")

    def handle(self, once=False, **options):
        self.stopping = threading.Event()
        if once:
            self.work_through()
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *received: self.stopping.set())
        logger.info("the worker is at work")
        # Letters have a thread of their own: a slow mail server keeps no star on a page a minute longer.
        postman = threading.Thread(target=self.repeat, args=(self.send_mails,), name="mails")
        postman.start()
        self.repeat(self.run_jobs_and_timers)
        postman.join()

    def work_through(self):
        run_due_timers()
        while run_one_job():
            pass
        send_waiting()

    def repeat(self, turn):
        """Take turns until told to stop. What fails is logged; the next turn comes all the same."""
        while not self.stopping.is_set():
            close_old_connections()
            try:
                worked = turn()
                pause = 0 if worked else PAUSE
            except Exception:
                logger.exception("the worker stumbled and goes on in %s seconds", PAUSE_AFTER_FAILURE)
                pause = PAUSE_AFTER_FAILURE
            self.stopping.wait(pause)

    def run_jobs_and_timers(self) -> bool:
        run_due_timers()
        until = time.monotonic() + TURN
        worked = False
        while time.monotonic() < until and not self.stopping.is_set() and run_one_job():
            worked = True
        return worked

    def send_mails(self) -> bool:
        return send_waiting(keep_going=lambda: not self.stopping.is_set()) > 0
