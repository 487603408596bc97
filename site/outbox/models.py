"""Mails that wait, and when each timer ran last."""

from django.db import models


class MailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, given_up=False)


class Mail(models.Model):
    """One letter, written in the reader's language in the transaction that caused it, and sent later by the worker."""

    key = models.CharField(max_length=120, unique=True)  # what it is about: the same key is never written twice
    to = models.EmailField()
    reply_to = models.EmailField(blank=True)  # who is to be answered, where that is not the site
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=models.Q(sent_at=None), name="outbox_mail_waiting")
        ]

    def __str__(self):
        return f"{self.to}: {self.subject}"


class Timer(models.Model):
    """When a timer ran last: the row decides which of many workers runs it."""

    name = models.CharField(max_length=80, unique=True)
    last_run_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.name
