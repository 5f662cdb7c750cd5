"""A request that is written as code: statements of pandas, Pine and the like, or JSON, in the words that say the same.

Only what a reader of code takes for granted is put into words: the names of modules and frames are left out, a call
that opens or closes a trade is its side, `rolling(n).mean()` is an average. What else stands there is left as it is.
"""

from __future__ import annotations

import json
import re
from typing import Any

from .layout import without_comments
from .rewriting import Turns, rewritten

_MARKS = re.compile(
    r"\bdf\b ?[.\[]|\bta\.\w|\bstrategy\.(?:entry|close|exit|long|short)|&&|\|\||\belif\b|\belse if\b|\)\s*\{|\);|"
    r"\b(?:if|when)\s*\(.*\)|\b\w+\(\w+ ?= ?[^=]|\bgo_?(?:long|short)\(|\bAddOrder\(|"
    r"\b(?:buy|sell|short|cover|exit)\(\)", re.IGNORECASE,
)
"""What only code has."""
_FRAMES = r"(?:df|data|dataframe|ohlc|candles|self|ta|talib|pandas_ta|pd|np|math|strategy|input|bar|bars)"
_KEYS = {"entry", "exit", "buy", "sell", "long", "short", "cover", "stop", "target", "size", "trail", "tp", "sl"}
_AVERAGES = {
    "expaverage": "ema", "xaverage": "ema", "expmovingaverage": "ema", "average": "sma", "averagefc": "sma",
    "simplemovingavg": "sma", "movavg": "sma", "movingaverage": "sma", "wildersaverage": "rma",
    "weightedaverage": "wma",
}  # fmt: skip
_CONTRARY = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
_ROLLED = {"mean": "sma", "max": "highest", "min": "lowest", "std": "stdev"}
_ORDERS = re.compile(
    r"\b(?:strategy\.|self\.|broker\.|api\.|position\.|trade\.)?(?:(?P<entry>entry|enter|addorder|add_order|order)|(?P<close>close|exit|"
    r"close_all|close_position))\s*\(", re.IGNORECASE,
)  # fmt: skip
_SIDES = {
    "long": "buy", "buy": "buy", "strategy.long": "buy", "short": "sell short", "strategy.short": "sell short",
    "sell": "sell", "sell_short": "sell short", "cover": "cover", "buy_to_cover": "cover",
}  # fmt: skip
_NAMED = re.compile(r"(?<![\w.\"'\[])([A-Za-z_]\w*)\s*:?=(?![=>])\s*(.+?)(?=;|\n|,? \bif\b|$)", re.DOTALL)
_STATEMENT: Turns = (
    (rf"\b{_FRAMES} ?\[ ?['\"](\w+)['\"] ?\]", r" \1 "), (rf"\b{_FRAMES}\.(?=[A-Za-z_])", ""),
    (r"\b(?:elif|else if|elsif)\b", " . if"),
    (r"\b(?:buy|sell|short|cover|exit|long)\s*\(\s*(?=\))", lambda m: m[0].replace("(", " ")),
    (r"\b(buy|sell|short|cover|exit)\s*\(\s*(?:all|everything)\s*\)", r"\1"),
    (r"\b(buy|sell|short|cover|exit)\s*\(\s*((?:size|qty|stop|target|sl|tp|amount)\b[^()]*)\)", r"\1 , \2 "),
    (r"\b(if|when|while)\s*\((.*?)\)\s*\{", r"\1 \2 , "), (r"\bthen\b(?=\s+(?:buy|sell|cover|short))", ","),
    (r"[{]", " , "), (r"[}]", " . "), (r"\s*;", " . "), (r"&&|(?<=\)) ?& ?(?=\()", " and "),
    (r"\|\||(?<=\)) ?\| ?(?=\()", " or "), (r"(?<=\w)\s*:\s*(?=(?:go_|buy|sell|short|long|exit|cover))", " , "),
    (r"\b(TP|SL|TARGET|STOP|SIZE)\s*=\s*(?=[\d.])", r" . \1: "),
    (r"#+ ?(?=[A-Za-z])", " . "),
    (rf"\b({'|'.join(_AVERAGES)}) ?(?=\()", lambda m: _AVERAGES[m[1].lower()]),
    (r"\bnot ?\(([^()<>=]+(?:\([^()]*\))?[^()<>=]*?)(>=|<=|>|<)([^()<>=]+(?:\([^()]*\))?[^()<>=]*)\)",
     lambda m: f"{m[1]}{_CONTRARY[m[2]]}{m[3]}"),
)  # fmt: skip


def in_words(request: str) -> str:
    """The same, where it is code; else the request as it is."""
    said = _of_json(request)
    if said:
        return said
    if not _MARKS.search(request):
        return request
    request = _unnamed(without_comments(request))
    return _unwrapped(rewritten(_orders(_rolled(request)), _STATEMENT))


def _of_json(request: str) -> str:
    """`{"entry": "…", "exit": {"any": […]}}`: a line a key."""
    text = request.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return ""
    try:
        read = json.loads(text)
    except ValueError:
        return ""
    return " .\n".join(_lines(read))


def _lines(read: dict[str, Any]) -> list[str]:
    made = []
    for key, value in read.items():
        name = key.replace("_", " ").strip()
        if name.lower() in {"side", "direction"} and value in {"long", "short"}:
            made.append(f"{value} only")
            continue
        joined = _joined(value)
        if isinstance(value, dict) and not joined:
            made += _lines(value)
            continue
        share = re.fullmatch(r"(.+?) (?:pct|percent)", name)
        made.append(f"{share[1]}: {joined}%" if share else f"{name}: {joined}")
    return made


def _joined(value: Any) -> str:
    """A condition, or several that hold together or one of which is enough; "" where it is neither."""
    if isinstance(value, dict):
        word = {"all": " and ", "and": " and ", "any": " or ", "or": " or "}
        (key, own), *rest = value.items() if value else [("", None)]
        return word[key].join(map(_joined, own)) if key in word and not rest and isinstance(own, list) else ""
    return " and ".join(map(_joined, value)) if isinstance(value, list) else str(value)


def _unnamed(request: str) -> str:
    """`up = crossover(…); if up => …`: what was named stands where its name is a condition."""
    for found in _NAMED.finditer(request):
        name, value = found[1], found[2].strip()
        used = re.compile(rf"\b(if|when|and|or|&&|\|\|)(\s*\(?\s*){re.escape(name)}\b(?!\s*[.(<>]|\s*=(?!>))")
        behind = request[found.end() :]
        if name.lower() in _KEYS or not used.search(behind) or value.count("(") != value.count(")"):
            continue
        behind = used.sub(r"\g<1>\g<2>" + value.replace("\\", r"\\"), behind)
        return _unnamed(request[: found.start()] + behind.lstrip(" ;\n"))
    return request


def _rolled(request: str) -> str:
    """`df.close.rolling(20).max()`, `.ewm(span=20).mean()`, `.shift(1)`."""
    column = r"([A-Za-z_]+|\w+\(\w+, \d+\))"
    request = re.sub(rf"\b{_FRAMES}(?:\.|\[['\"])([A-Za-z]\w*)(?:['\"]\])?", r"\1", request)
    for _ in range(3):
        request = re.sub(
            rf"{column}\.rolling\((?:window ?= ?)?(\d+)\)\.({'|'.join(_ROLLED)})\(\)",
            lambda m: f"{_ROLLED[m[3]]}({m[1]}, {m[2]})", request,
        )  # fmt: skip
        request = re.sub(rf"{column}\.ewm\(span ?= ?(\d+)[^)]*\)\.mean\(\)", r"ema(\1, \2)", request)
        request = re.sub(rf"{column}\.shift\((\d*)\)", lambda m: f"{m[1]}[{m[2] or 1}]", request)
    return request


def _orders(request: str) -> str:
    """`strategy.entry("L", strategy.long)` buys, `strategy.close("L")` sells, `AddOrder(BUY, …)` buys when it holds."""
    at = 0
    while found := _ORDERS.search(request, at):
        end = _closing(request, found.end())
        said = _order(request[found.end() : end], closes=bool(found["close"]))
        behind = request[end + 1 :]
        if said and re.match(r"\s*(?:if|when)\b", behind):
            said += ". "
        request = request[: found.start()] + said + behind if said else request
        at = found.start() + len(said) if said else found.end()
    return re.sub(r"=>?\s*,(?= (?:buy|sell|exit|cover))", " , ", request)


def _order(arguments: str, *, closes: bool) -> str:
    """What a call does, and when, if that is one of its arguments; "" where it is another call."""
    first, *rest = [each.strip() for each in arguments.split(",", 1)]
    named = bool(re.fullmatch(r"['\"][^'\"]*['\"]", first))
    behind = rest[0] if rest else ""
    kind, _, last = behind.partition(",") if named else (first, ",", behind)
    when = re.fullmatch(r"\s*(?:when ?= ?)?(.*)", last, re.DOTALL) if last else None
    if closes:
        when = re.fullmatch(r"\s*when ?= ?(.*)", behind, re.DOTALL)
        if not (named or not first) or (behind and not when):
            return ""
        return f" . exit when {when[1]} . " if when else " , exit "
    side = _SIDES.get(kind.strip("'\" ").lower(), "")
    if not side or (named and last and not last.strip().startswith("when")):
        return ""
    return f" . {side} when {when[1]} . " if when else f" , {side} "


def _closing(text: str, at: int) -> int:
    """Where the bracket ends that was opened before."""
    depth = 1
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return len(text)


def _unwrapped(request: str) -> str:
    """Without brackets around one comparison, `(close > open)`, or around all that stands behind a condition word."""
    made = re.sub(r"(?<![\w\]])\(((?:[^()]|\([^()]*\))*?[<>=](?:[^()]|\([^()]*\))*?)\)",
                  lambda m: m[0] if re.search(r"\bor\b|\band\b|[-+*/]", m[1]) else f" {m[1]} ", request)  # fmt: skip
    return made
