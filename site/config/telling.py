"""One line a step, with its seconds, and a bar where it takes longer: for the start, before Django is there."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager

WIDTH = 30


class Stop(Exception):
    """The end, with a sentence that says what to do."""


class Step:
    """One line on the screen. On a terminal it is redrawn; elsewhere it is written once, at its end."""

    def __init__(self, label: str):
        self.label, self.begun, self.note = label, time.monotonic(), ""
        self.live = sys.stdout.isatty()

    def show(self, done: int, total: int) -> None:
        """Draw the bar at `done` of `total`."""
        if self.live:
            filled = WIDTH * min(done, total) // max(total, 1)
            self.redraw(f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}")

    def redraw(self, text: str) -> None:
        sys.stdout.write(f"\r\033[K  {self.label:<34} {text}")
        sys.stdout.flush()

    def end(self) -> None:
        text = f"{time.monotonic() - self.begun:6.1f} s  {self.note}".rstrip()
        if self.live:
            self.redraw(text + "\n")
        else:
            print(f"  {self.label:<34} {text}", flush=True)


@contextmanager
def step(label: str):
    """Tell of a step while it goes on."""
    telling = Step(label)
    if telling.live:
        telling.redraw("…")
    try:
        yield telling
    except BaseException:
        telling.note = "failed"
        raise
    finally:
        telling.end()


def run_quietly(command: list, telling: Step, counts: Callable[[str], bool], total: int, **options) -> str:
    """Run a command and keep its words to ourselves: its lines that count move the bar. Return them all.

    Raises Stop with the last of them when the command fails.
    """
    lines = []
    done = 0
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    ) as process:
        for line in process.stdout:
            lines.append(line)
            if counts(line):
                done += 1
                telling.show(done, total)
    if process.returncode:
        raise Stop("".join(lines[-25:]) + f"\n{telling.label}: this command failed: {' '.join(map(str, command))}")
    return "".join(lines)
