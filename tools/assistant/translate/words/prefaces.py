"""Titles, and words that what follows says in full: `Rubber band trade.`, `Exhaustion: …`, `a sleepy bar, i.e. …`."""

from __future__ import annotations

import re

from ..tokens.meanings import parts_of
from ..tokens.token import Compare, Condition, Plain, Token
from .english import ENGLISH
from .spelling import near

_MARKS = {"stopmark", "colon"}
_LIGHT = {
    "unknown", "filler", "bands", "bar", "rangeword", "of", "from", "the", "unit", "comma", "green", "red", "gap",
    "to", "back", "and", "move", "turn",
}  # fmt: skip
_TITLED = {"trade", "setup", "play", "strategy", "system", "rule", "trick", "method", "idea", "game", "approach"}
_LOOSE = _LIGHT | {
    "unclear", "fallnoun", "risenoun", "only", "when", "newx", "up", "down", "shift", "in", "on", "hi", "dur", "part",
    "style", "account", "higher", "lower", "moveup", "movedown", "per", "all", "times", "once", "breaks", "note",
    "ind", "plusmark", "at", "by", "num", "who", "neither", "none", "no",
}  # fmt: skip
_NARROW = {"only", "when", "no", "none", "neither", "per", "all", "once", "num", "times", "note", "at", "by"}
"""What narrows a rule where it stands before a colon."""
_FALL = re.compile(r"< (?:close\[\d+\]|.* \* 0\.\d+$)|falling\(")
_RISE = re.compile(r"> (?:close\[\d+\]|.* \* 1\.\d+$)|rising\(")


_PATTERNS = {"bounce", "bounces", "spike", "spikes", "squeeze", "rally", "rallies", "pop", "pops"}
"""Unclear words that name a setup, and narrow nothing, where a colon and its rule stand behind them."""
_KEPT = {"frame", "timeframe", "ticker"}
_FADED = {
    "fallnoun", "risenoun", "unclear", "px", "newx", "edge", "family", "openrange", "breaks", "gap", "filler", "the",
}  # fmt: skip


def _faded(tokens: list[Token]) -> list[Token]:
    """`Fade the rip.`, `fade the open on NQ 1m:` before an entry that says when."""
    end = next((here for here, token in enumerate(tokens) if token.kind in _MARKS), 0)
    words = tokens[:end]
    if not words or words[0].kind != "act" or words[0].value != "fade":
        return tokens
    stop = 1
    while stop < end and words[stop].kind in _FADED:
        stop += 1
    left = words[stop:]
    about = {"on", "in", "ticker", "timeframe", "frame", "num", "unit", "of", "chart"}
    acts = [token.value for token in tokens[end:] if token.kind == "act"]
    told = any(token.kind == "when" for token in tokens[end:]) or any(token.kind == "arrow" for token in tokens[end:])
    if stop == 1 or any(token.kind not in about for token in left) or not {"short", "long"} & set(acts) or not told:
        return tokens
    name = " ".join(token.text for token in words[:stop])
    left = [token for token in left if token.kind != "on" or token is not left[0]]
    return [*left, *tokens[end + (not left) :], Token("note", f"Not read: '{name}'.")]


def without_title(tokens: list[Token]) -> list[Token]:
    """Without a first sentence that only names what follows; it is told."""
    tokens = _faded(tokens)
    end = next((here for here, token in enumerate(tokens) if token.kind == "stopmark"), 0)
    title = tokens[:end]
    if not title or len(title) > 9 or not {token.kind for token in title} <= _LIGHT:
        return tokens
    unknown = [token.text for token in title if token.kind == "unknown"]
    named = any(token.kind == "filler" and (token.value or token.text in _TITLED) for token in title)
    if not (unknown or named) or (not unknown and {"green", "red", "gap"} & {token.kind for token in title}):
        return tokens
    if any(not word.isalpha() or _slip(word) for word in unknown):
        return tokens
    return [*tokens[end:], Token("note", f"Not read: '{' '.join(token.text for token in title)}'.")]


def without_prefaces(tokens: list[Token]) -> list[Token]:
    """Without words before `i.e.`, `meaning`, `So:` or a colon that the conditions behind it say in full."""
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        sentences[-1].append(token)
        if token.kind == "stopmark":
            sentences.append([])
    for here, sentence in enumerate(sentences):
        if sentence and sentence[0].kind == "colon" and here and _only_loose(sentences[here - 1]) and _says(sentence):
            sentences[here - 1] = [_told(sentences[here - 1])]
        behind = sentences[here + 1] if here + 1 < len(sentences) else []
        sentences[here] = _defined(_headed(sentence, behind))
        if here and _names(sentences[here], sentences[here - 1]):
            sentences[here] = [each for each in sentences[here] if each.kind not in {"unknown", "unclear", "comma"}]
    return _moves_named([token for sentence in sentences for token in sentence])


def _slip(word: str) -> bool:
    """Whether it may be a word of the vocabulary with a slip in it."""
    return word not in ENGLISH and near(word)


def _told(tokens: list[Token]) -> Token:
    words = " ".join(token.text for token in tokens if token.text.strip(",.;:!?"))
    return Token("note", f"'{words}' is taken as a name of what is said behind it.")


def _proper(token: Token) -> bool:
    """A condition that asks nothing."""
    return token.kind == "cond" and not _hole(token.value)


def _hole(value: object) -> bool:
    return isinstance(value, Plain) and value.text.startswith('?"')


def _says(tokens: list[Token]) -> bool:
    return any(_proper(token) for token in tokens)


def _only_loose(tokens: list[Token]) -> bool:
    return all(token.kind in _LOOSE | {"stopmark"} or (token.kind == "cond" and not _proper(token)) for token in tokens)


def _headed(sentence: list[Token], behind: list[Token]) -> list[Token]:
    """`Exhaustion: the range is …, I buy`; `On Mondays:` narrows, and a heading without an action may be a rule."""
    end = next((here for here, token in enumerate(sentence) if token.kind == "colon"), 0)
    sentence, end = _equated(sentence, end)
    head = [token for token in sentence[:end] if token.kind not in _KEPT]
    unknown = any(token.kind in {"unknown", "account", "fallnoun", "risenoun"} or token.text == "momentum"
                  or (token.kind == "unclear" and token.text in _PATTERNS) for token in head)  # fmt: skip
    if not unknown or head[0].kind in {"in", "on", "unclear"} or any(token.kind in _NARROW for token in head):
        return sentence
    acts = [token.kind for token in behind[:2]]
    if not any(token.kind == "act" for token in sentence[end:]) and (acts[:1] != ["act"] or acts[1:] == ["when"]):
        return sentence
    if not _only_loose(head) or not _says(sentence[end:]):
        return sentence
    return [*(token for token in sentence[:end] if token.kind in _KEPT), *sentence[end + 1 :], _told(head)]


def _equated(sentence: list[Token], end: int) -> tuple[list[Token], int]:
    """`Failed pop = short it: we trade over …`: the name of what the condition behind the colon is."""
    arrow = next((here for here, token in enumerate(sentence[:end]) if token.kind == "arrow"), 0)
    acts = [token.kind for token in sentence[arrow + 1 : end]]
    head = sentence[:arrow]
    if not arrow or acts != ["act"] or not _only_loose(head) or any(token.kind in _NARROW for token in head):
        return sentence, end
    if not _says(sentence[end:]) or any(token.kind == "unclear" and token.text not in _PATTERNS for token in head):
        return sentence, end
    return [*sentence[arrow + 1 : end], Token("when", "when"), *sentence[end + 1 :], _told(head)], 0


def _defined(sentence: list[Token]) -> list[Token]:
    """`a sleepy bar, i.e. high minus low is …`."""
    mark = next((here for here, token in enumerate(sentence) if _defines(token)), 0)
    behind = sentence[mark + 1 : mark + 4]
    if not mark or not _says(behind[: 1 + (behind[:1] != [] and behind[0].kind in {"comma", "colon", "when"})]):
        return sentence
    start = mark
    while start and (sentence[start - 1].kind in _LOOSE - {"when"} or (
        sentence[start - 1].kind == "cond" and not _proper(sentence[start - 1])
    )):  # fmt: skip
        start -= 1
    joined = [Token("and", "and")] if start and sentence[start - 1].kind == "cond" else []
    return [*sentence[:start], *joined, *sentence[mark + 1 :], _told(sentence[start:mark])]


def _defines(token: Token) -> bool:
    return token.kind == "defined" or (token.kind == "arrow" and token.text.split()[-1:] in (["meaning"], ["means"]))


def _names(sentence: list[Token], before: list[Token]) -> bool:
    """`… . Capitulation, I buy`: what was just described, by its name."""
    act = next((here for here, token in enumerate(sentence) if token.kind == "act"), 0)
    led = [token.kind for token in sentence[act + 1 : act + 2]] in (["when"], ["on"], ["cond"], ["at"])
    if not act or led or _says(sentence[:act]) or not _says(before) or any(token.kind == "act" for token in before):
        return False
    kinds = {token.kind for token in sentence[:act]}
    return kinds <= {"unknown", "unclear", "comma"} and all(
        not _slip(token.text) for token in sentence[:act] if token.kind == "unknown"
    )


def _moves_named(tokens: list[Token]) -> list[Token]:
    """`I buy the dip`, where the entry says how deep it is."""
    entries = [token for here, token in enumerate(tokens) if _proper(token) and not _leaves(tokens, here)]
    falls = any(_matches(token.value, _FALL) for token in entries)
    rises = any(_matches(token.value, _RISE) for token in entries)
    kept = []
    for here, token in enumerate(tokens):
        told = {"fallnoun": falls, "risenoun": rises}.get(token.kind, False)
        after_act = here > 0 and tokens[here - 1].kind in {"act", "on"}
        alone = here + 1 == len(tokens) or tokens[here + 1].kind in {"stopmark", "comma", "colon", "note"}
        if not (told and after_act and alone):
            kept.append(token)
    return kept


def _leaves(tokens: list[Token], here: int) -> bool:
    """Whether a condition is of a way out: the action before it in its sentence, or else the next one."""
    start = next((i + 1 for i in range(here - 1, -1, -1) if tokens[i].kind == "stopmark"), 0)
    end = next((i for i in range(here, len(tokens)) if tokens[i].kind == "stopmark"), len(tokens))
    near = [token for token in tokens[start:here][::-1] + tokens[here:end] if token.kind == "act"]
    return bool(near) and near[0].value in {"exit", "sell", "cover"}


def _matches(value: Condition, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(_moved(part)) for part in parts_of(value))


def _moved(part: Condition) -> str:
    if isinstance(part, Compare) and part.right:
        return f"{part.op[0]} {part.right.text}"
    return part.text if isinstance(part, Plain) else ""
