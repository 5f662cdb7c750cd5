"""Writes `docs/llms.txt`: for language models, which pages there are and what to know before writing a strategy.

    python -m stratagem.tools.build_llms
"""

from __future__ import annotations

import re
from pathlib import Path

from .assistant.prompt import prompt

DOCS = Path(__file__).resolve().parents[1] / "docs"
FILE = DOCS / "llms.txt"
_HEAD = """\
# Stratagem

> A language for trading strategies, and the engine that runs them: one text, one meaning, in a backtest and live.

A strategy is a `.strat` file. `strat check FILE --json` says what is wrong with it and how to mend it, `strat explain
FILE` what it means, `strat backtest FILE --data SRC --json` what it would have made, `strat functions --json` what
there is to call. `strat mcp` serves these to models.
"""


def text() -> str:
    """The file: the titles of the pages, and the prompt."""
    pages = [_told(page) for page in sorted(DOCS.glob("*.md"))]
    return "\n".join([_HEAD, "## Docs", "", *pages, "", "## Writing a strategy", "", "```text", prompt() + "```", ""])


def _told(page: Path) -> str:
    """`- [The language](language.md)`."""
    title = re.search(r"(?m)^# (.+)$", page.read_text(encoding="utf-8"))
    if title is None:
        raise ValueError(f"{page.name}: a page begins with its title")
    return f"- [{title[1]}]({page.name})"


def main() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
