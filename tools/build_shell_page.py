"""Writes what the shell answers into docs/shell.md, block by block: its transcripts are what it says, not what it said.

python -m stratagem.tools.build_shell_page
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .repl.reply import Look
from .repl.session import Session

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "shell.md"
PROMPT, CONTINUED = "strat> ", "   ..> "
_BLOCK = re.compile(r"(?ms)^(```strat-shell\n)(.*?)^(```)$")


def replayed(text: str) -> str:
    """The page with every answer as it is: all blocks are one session, in a folder of its own."""
    session = Session(Look(80))
    with _apart():
        return _BLOCK.sub(lambda block: block[1] + _answered(session, block[2]) + block[3], text)


@contextmanager
def _apart() -> Iterator[None]:
    """A folder that holds the shipped strategies and nothing else."""
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        os.symlink(ROOT / "strategies", Path(folder) / "strategies")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def _answered(session: Session, block: str) -> str:
    lines: list[str] = []
    for text in entered(block):
        first, *more = text.split("\n")
        lines += [PROMPT + first, *((CONTINUED + line).rstrip() for line in more)]
        lines += [line.rstrip() for reply in session.enter(text) for line in reply.lines]
    return "".join(f"{line}\n" for line in lines)


def entered(block: str) -> list[str]:
    """What is entered in a block: each prompt's line with those that go on."""
    found: list[list[str]] = []
    for line in block.splitlines():
        if line.startswith(PROMPT):
            found.append([line.removeprefix(PROMPT)])
        elif line.startswith(CONTINUED.rstrip()):
            found[-1].append(line[len(CONTINUED) :])
    return ["\n".join(lines) for lines in found]


if __name__ == "__main__":
    PAGE.write_text(replayed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
