"""The report as a value: a notebook shows it in place, `show` opens it in a browser, `save` keeps it."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path

from ... import given

HEIGHT = 900
"""Pixels of a notebook that the page takes; it scrolls inside."""


class View:
    """A page that needs nothing but itself: charts, trades and statistics of one result."""

    def __init__(self, title: str, html: str) -> None:
        self.title, self.html = title, html

    def save(self, path: str | os.PathLike[str] = "report.html") -> Path:
        """Write the page, whole or not at all; gives its path. RunError where the disk refuses."""
        from ..folder import write_file

        return write_file(Path(given.path("path", path)), lambda file: file.write(self.html.encode()))

    def show(self) -> Path:
        """Open the page in the default browser, from a file among the temporary ones; gives its path."""
        import tempfile
        import webbrowser

        path = self.save(Path(tempfile.mkdtemp(prefix="stratagem-")) / "report.html")
        webbrowser.open(path.as_uri())
        return path

    def __repr__(self) -> str:
        return f"<View of {self.title!r}: .show() opens it, .save(path) writes it ({len(self.html) / 1e6:.1f} MB)>"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its styles stay its own."""
        page = escape(self.html, quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:{HEIGHT}px;border:0"></iframe>'
