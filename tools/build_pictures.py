"""Draws docs/pictures: what each door of Stratagem shows, from the commands themselves.

    python -m stratagem.tools.build_pictures            # needs the packages of development

Each command runs at a terminal of its own, 80 columns wide, so that it colours what it says; keys are typed where it
asks. A test holds the pictures and what the commands say together.
"""

from __future__ import annotations

import errno
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
COLUMNS, LINES = 80, 50
PATIENCE = 60
"""Seconds in which a command has to say something more."""

BROKEN = """strategy "Dips"
let calm = sma(clse, 200)
enter long when rsi(close, 2) < 10 and close > calm
  stop 2 * atr(14)
exit long when rsi(close, 2) > 70%
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its name, the command after `strat`, and the texts of files that it finds beside it."""

    name: str
    words: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        told = "strat " + " ".join(f"'{word}'" if " " in word else word for word in self.words)
        return told if len(told) <= 60 else f"{told[:59]}…"


ALL = (
    Picture("check", ("check", "dips.strat"), (("dips.strat", BROKEN),)),
    Picture("backtest", ("backtest", "golden_cross.strat", "--data", "sample:AAPL")),
    Picture("explain", ("explain", "turtle_breakout.strat")),
    Picture("why", ("why", "rsi2_reversion.strat", "--data", "sample:MSFT", "--trade", "3")),
    Picture("shell", ("-c", "rsi(close, 14) < 30", "--data", "sample:AAPL")),
    Picture("ask", ("ask", "buy when RSI(2) is below 10 and the price is above the 200 day average, sell when RSI(2) "
                    "is above 70, 8% stop", "--data", "sample:MSFT", "--yes")),
    Picture("sweep", ("sweep", "golden_cross.strat", "--data", "sample:AAPL", "--grid", "fast=10:90:10", "--grid",
                      "slow=100:300:20")),
)  # fmt: skip


def shown(picture: Picture) -> str:
    """What a terminal shows of a command, with its colours as escape sequences."""
    with tempfile.TemporaryDirectory() as folder:
        for file in (ROOT / "strategies").glob("*.strat"):
            (Path(folder) / file.name).write_bytes(file.read_bytes())
        for name, text in picture.files:
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return _at_a_terminal([sys.executable, "-m", "stratagem", *picture.words], folder)


def _at_a_terminal(command: Sequence[str], folder: str) -> str:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "PYTHONIOENCODING": "utf-8"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment,
                               start_new_session=True)  # fmt: skip
    os.close(theirs)
    parts: list[bytes] = []
    try:
        while select.select([ours], [], [], PATIENCE)[0]:
            parts.append(_read(ours))
            if not parts[-1]:
                break
        else:
            raise TimeoutError(f"{' '.join(command)} says nothing more")
    finally:
        os.close(ours)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
    return _without_progress(b"".join(parts).decode())


def _read(handle: int) -> bytes:
    """More of what is said; nothing at its end, which Linux tells as a fault."""
    try:
        return os.read(handle, 65_536)
    except OSError as error:
        if error.errno == errno.EIO:
            return b""
        raise


def _without_progress(text: str) -> str:
    """The text without bars that were drawn and wiped."""
    return re.sub(r"\r[^\n\r]*(?=\r\x1b\[K)|\r\x1b\[K", "", text.replace("\r\n", "\n"))


def drawn(picture: Picture) -> str:
    """The picture as SVG."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=COLUMNS, record=True, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115
    console.print(Text.from_ansi(shown(picture)), end="")
    return console.export_svg(title=picture.title, unique_id=picture.name, code_format=_format())


def _format() -> str:
    """The frame of a picture, with fonts that a reader has: none is loaded from elsewhere."""
    from rich._export_format import CONSOLE_SVG_FORMAT

    return re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for each in ALL:
        (PICTURES / f"{each.name}.svg").write_text(drawn(each), encoding="utf-8")
