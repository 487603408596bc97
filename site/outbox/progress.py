"""A progress bar for commands that take more than a few seconds."""

import sys
import time


class Progress:
    """Call it with (done, total). On a terminal the line is redrawn; elsewhere it is written once at the end."""

    WIDTH = 30

    def __init__(self, label: str, out=None):
        self.label, self.out, self.begun, self.drawn = label, out or sys.stdout, time.monotonic(), 0.0
        self.live = hasattr(self.out, "isatty") and self.out.isatty()

    def __enter__(self):
        return self

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.live or (now - self.drawn < 0.1 and done < total):
            return
        self.drawn = now
        filled = self.WIDTH * done // max(total, 1)
        self._write(f"\r  {self.label:<28} [{'#' * filled}{'.' * (self.WIDTH - filled)}] {done}/{total}")

    def __exit__(self, *error):
        seconds = time.monotonic() - self.begun
        if self.live:
            self._write(f"  {seconds:.1f} s\n")
        else:
            self._write(f"  {self.label}: {seconds:.1f} s\n")

    def _write(self, text):
        # Django's stdout wrapper adds a line end to everything; the stream below it does not.
        stream = getattr(self.out, "_out", self.out)
        stream.write(text)
        stream.flush()
