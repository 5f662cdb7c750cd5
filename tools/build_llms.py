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
    """The file: the pages with the beginning of each, and the prompt."""
    pages = [_told(page) for page in sorted(DOCS.glob("*.md"))]
    return "\n".join([_HEAD, "## Docs", "", *pages, "", "## Writing a strategy", "", "```text", prompt() + "```", ""])


def _told(page: Path) -> str:
    """`- [The language](language.md): its first sentence`."""
    written = page.read_text(encoding="utf-8")
    title = re.search(r"(?m)^# (.+)$", written)
    first = re.search(r"(?ms)^# .+?\n\n(.+?[.:])(\s|$)", written)
    if title is None or first is None:
        raise ValueError(f"{page.name}: a page begins with a title and a sentence")
    return f"- [{title[1]}]({page.name}): {' '.join(first[1].split()).rstrip(':')}"


def main() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
