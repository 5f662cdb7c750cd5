"""Colours by Pygments: `pygmentize -l strat`, fences of documentation, notebooks. Registered as an entry point."""

from __future__ import annotations

from typing import ClassVar

from pygments import token
from pygments.lexer import RegexLexer

from ...lang.analysis.kinds import Class
from ...lang.analysis.looks import LOOKS

TOKENS = {
    Class.STATEMENT: token.Keyword.Declaration, Class.CLAUSE: token.Keyword, Class.WORD: token.Operator.Word,
    Class.FUNCTION: token.Name.Function, Class.BUILT_IN: token.Name.Builtin, Class.SERIES: token.Name.Builtin.Pseudo,
    Class.NUMBER: token.Number, Class.TEXT: token.String, Class.SIGN: token.Operator, Class.NAME: token.Name,
    Class.COMMENT: token.Comment.Single,
}  # fmt: skip


class StratLexer(RegexLexer):  # type: ignore[misc]  # Pygments has no types
    """Words of a `.strat` text by their looks."""

    name = "Stratagem"
    aliases: ClassVar = ["strat", "stratagem"]
    filenames: ClassVar = ["*.strat"]
    mimetypes: ClassVar = ["text/x-strat"]
    tokens: ClassVar = {
        "root": [(r"\s+", token.Whitespace), *((pattern, TOKENS[kind]) for kind, pattern in LOOKS), (r".", token.Error)]
    }
