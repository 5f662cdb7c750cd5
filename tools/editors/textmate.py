"""Writes the TextMate grammar of the VS Code extension: `python -m stratagem.tools.editors.textmate`.

A test holds the file and the list of looks together. GitHub, Shiki and Sublime Text read the same file. With
`--expected FILE…` it prints the colours that these texts have to get, as JSON, for the test of the extension.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ...lang.analysis.kinds import Class
from ...lang.analysis.looks import LOOKS, looked

GRAMMAR = Path(__file__).with_name("vscode") / "syntaxes" / "strat.tmLanguage.json"
SCOPES = {
    Class.STATEMENT: "keyword.control", Class.CLAUSE: "keyword.other.clause", Class.WORD: "keyword.operator.word",
    Class.FUNCTION: "entity.name.function", Class.BUILT_IN: "support.function", Class.SERIES: "support.variable",
    Class.NUMBER: "constant.numeric", Class.TEXT: "string.quoted.double", Class.SIGN: "keyword.operator",
    Class.NAME: "variable.other", Class.COMMENT: "comment.line.number-sign",
}  # fmt: skip


def grammar() -> str:
    """The whole file."""
    patterns = [{"match": pattern, "name": f"{SCOPES[kind]}.strat"} for kind, pattern in LOOKS]
    made = {"name": "Stratagem", "scopeName": "source.strat", "fileTypes": ["strat"], "patterns": patterns}
    return json.dumps(made, indent=2) + "\n"


def expected(text: str) -> list[list[tuple[str, str]]]:
    """The words of each line, and the scope of each."""
    lines: list[list[tuple[str, str]]] = [[] for _ in text.split("\n")]
    for start, end, kind in looked(text):
        lines[text.count("\n", 0, start)].append((text[start:end], f"{SCOPES[kind]}.strat"))
    return lines


if __name__ == "__main__" and sys.argv[1:2] == ["--expected"]:
    print(json.dumps({name: expected(Path(name).read_text(encoding="utf-8")) for name in sys.argv[2:]}))
elif __name__ == "__main__":
    GRAMMAR.parent.mkdir(exist_ok=True)
    GRAMMAR.write_text(grammar(), encoding="utf-8")
