"""Names given before they are used: `let S be the 20-day average`, `condition A: …`, `fast MA = 10 EMA`."""

from __future__ import annotations

import re

_MEANS = r"(?:be|denote|denotes|stand for|stands for|is|=|:=|equal)"
_LET = re.compile(
    rf"(?:^|(?<=[.;\n] )|(?<=\n))(?:let|denote by|with|where) (?-i:([A-Za-z]))(?: {_MEANS})? "
    rf"(?:the )?([^.;\n]*?\d[^.;\n]*?)(?:,? and (?-i:([A-Za-z]))(?: {_MEANS})? (?:the )?([^.;\n]*?\d[^.;\n]*?))?"
    r"(?:[.;\n]|$)", re.IGNORECASE,
)  # fmt: skip
_CONDITION = re.compile(
    r"(?:^|(?<=[.;\n,] )|(?<=\n))(?:condition|criterion|rule|setup|signal) (?-i:([A-Z]))\)? ?[:=] ?"
    r"(.+?)(?:[.;](?=\s|$)|\n|$)",
    re.IGNORECASE,
)
_AVERAGE = (
    r"(?:(?:the |an? )?\d+[ -]?(?:period|day|bar)?[ -]?(?:simple |exponential )?(?:ema|sma|ma|wma|hma)"
    r"|(?:ema|sma|wma|hma) ?\(? ?\d+ ?\)?)"
)
_SPEED = re.compile(
    rf"(?:the )?\b(fast|slow)(?:er)?(?: (?:ma|line|average|ema|sma|one))? ?(?:=|:=|is|:) ?({_AVERAGE})[;,.]?(?: and)?",
    re.IGNORECASE,
)


def with_letters(request: str) -> str:
    """The same with what was named in the place of its name, where that is used."""
    return _speeds(_conditions(_letters(request)))


def _letters(request: str) -> str:
    found = _LET.search(request)
    if not found:
        return request
    rest = request[: found.start()] + " " + request[found.end() :]
    for name, meant in ((found[1], found[2]), (found[3], found[4])):
        used = re.compile(rf"(?<![\w.(]){name}(?![\w.(%'])") if name else None
        if used is None:
            continue
        if not used.search(rest):
            return request
        rest = used.sub(meant.strip().replace("\\", ""), rest)
    return rest


def _conditions(request: str) -> str:
    """Only where every condition with a letter is used."""
    said = {found[1]: found[2].strip() for found in _CONDITION.finditer(request)}
    rest = _CONDITION.sub(" ", request)
    if not said:
        return request
    for name, meant in said.items():
        used = re.compile(
            rf"(\b(?:if|when|and|or|both|either|on|not) )(?:conditions? )?(?-i:{name})"
            r"(?= (?:and|or|hold|holds|is|are)\b|\s*[.,;:]|\s*$)", re.IGNORECASE,
        )  # fmt: skip
        if not used.search(rest):
            return request
        rest = used.sub(rf"\g<1>{meant}", rest)
    return re.sub(r"\b(?:both|either) (?=[^.;]* (?:and|or) )", "", rest, count=1)


def _speeds(request: str) -> str:
    """`Fast MA = 10 EMA, slow MA = 50 EMA. Long if fast > slow.`"""
    said = {found[1].lower(): re.sub(r"^(?:the|an?) ", "", found[2]).strip() for found in _SPEED.finditer(request)}
    if len(said) != 2:
        return request
    rest = _SPEED.sub(" ", request)
    for name, meant in said.items():
        used = rf"\b(?:the )?{name}(?:er)?(?: (?:ma|line|average|ema|sma|one))?\b(?! ?(?:stoch|k\b|d\b))"
        rest = re.sub(used, meant, rest, flags=re.IGNORECASE)
    return rest
