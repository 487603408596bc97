"""The web server: a few processes with threads, the site loaded before they part so that they share memory."""

import gc
import os
from pathlib import Path

pythonpath = f"{Path(__file__).parent},{Path(__file__).parent.parent}"
bind = os.environ.get("BIND", f"0.0.0.0:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
preload_app = True
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60  # seconds; no page takes that long, an upload over a mountain's 3G may
graceful_timeout = 15
keepalive = 15
max_requests = 5000  # a process is replaced now and then, so that no leak grows
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a heartbeat file waits for no disk
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
loglevel = "warning"


def when_ready(server):
    """What is loaded by now is no garbage: left out of collections it stays shared (a third less memory), and no
    request waits while it is gone through."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    """A process opens its own connections to the database."""
    from django.db import connections

    connections.close_all()


def worker_exit(server, worker):
    """Searches that a process has gathered outlive it."""
    from discovery.looked_for import write_notes

    write_notes()
