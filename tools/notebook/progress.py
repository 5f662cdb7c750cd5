"""What long work is doing, as a line below a cell that is gone when the work is done."""

from __future__ import annotations

from time import monotonic
from typing import Any

from IPython.display import HTML, display

from ..terminal.progress import line

PATIENCE, PAUSE = 1.0, 0.2


class Line:
    """Shows nothing for a second, then how far the work is, five times a second at the most."""

    def __init__(self) -> None:
        self._began = self._last = monotonic()
        self._shown: Any = None

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.update(HTML(""))

    def tell(self, doing: str, done: int, of: int) -> None:
        """How far the work is."""
        now = monotonic()
        if now - self._began < PATIENCE or now - self._last < PAUSE:
            return
        self._last = now
        told = HTML(f"<pre>{line(doing, done, of, now - self._began)}</pre>")
        if self._shown is None:
            self._shown = display(told, display_id=True)
        else:
            self._shown.update(told)
