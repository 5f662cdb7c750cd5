"""Lines that turn over, the supertrend and the parabolic SAR: `flips up = long`, `green = long, red = flat`,
`flips: long / short`, `a flip system`. Which line it is was said before, once.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.operands import main_line
from ..tokens.token import Compare, Series, Token

_UP = {"up", "green", "positive", "higher", "rising", "moveup"}
_DOWN = {"down", "red", "negative", "lower", "falling", "movedown"}
_TURNS = {"turn", "move"}
_EDGES = {"start", "comma", "stopmark", "colon", "and", "or", "when", "arrow", "then", "act", "slash", "but"}
_ENDS = {"end", "comma", "stopmark", "colon", "and", "or", "arrow", "then", "act", "note", "slash"}
_SMALL = {"to", "back", "in", "the"}
_OWN_COLOURS = {"bar", "px"}
"""A candle has a colour of its own, `a green bar`."""


def with_flips(tokens: list[Token]) -> list[Token]:
    """Each turn of the line that was named, and each colour of it, as a condition."""
    lines = {_line(token) for token in tokens} - {None}
    if len(lines) != 1:
        return tokens
    (line,) = lines
    assert line is not None
    dots = line.name == "sar"  # what a SAR is drawn as
    tokens = [Token("ser", t.text, line) if dots and t.text in {"dot", "dots"} and t.kind == "unknown" else t
              for t in tokens]  # fmt: skip
    made: list[Token] = []
    here = 0
    named = False
    while here < len(tokens):
        token = tokens[here]
        read = _read(tokens, here, line, made) if named else None
        if read:
            made += read[0]
            here = read[1]
            continue
        named = named or _line(token) is not None
        made.append(token)
        here += 1
    return made


def _line(token: Token) -> Series | None:
    if token.kind == "record" and token.value.name == "supertrend" and not token.value.frame:
        return main_line(token.value)
    own = token.kind == "ser" and token.value.text.startswith("sar(") and not token.value.frame
    return Series(token.value.text, "price", "sar") if own else None


def _side(line: Series, up: bool, event: bool) -> Compare:
    op = ("cross_above" if up else "cross_below") if event else (">" if up else "<")
    if line.name == "sar":
        return Compare(Series("close", name="px"), op, line)
    return Compare(line, op, Series("0", "number"))


def _read(tokens: Sequence[Token], here: int, line: Series, made: list[Token]) -> tuple[list[Token], int] | None:
    """What a turn or a colour here becomes, and where it ends."""
    token = tokens[here]
    before = made[-1] if made else Token("start", "")
    flips = token.kind == "act" and token.value == "flip"
    if flips or token.kind in _TURNS:
        return _turned(tokens, here, line, made, plain=token.kind != "move")
    signal = token.kind == "act" and _signalled(tokens, here, made)
    if signal:
        cross = _side(line, token.value == "long", event=True)
        return _alone(made, Token("cond", token.text, cross)), here + 1
    sided = {"green": True, "red": False, "up": True, "down": False}.get(token.kind)
    if sided is None or line.name == "sar" or _kind(tokens, here + 1) not in _ENDS:
        return None
    if before.kind not in _EDGES | {"record"} or (before.kind == "act" and _kind(tokens, here + 1) == "act"):
        return None
    return _alone(made, Token("cond", token.text, _side(line, sided, event=False))), here + 1


def _signalled(tokens: Sequence[Token], here: int, made: list[Token]) -> bool:
    """`Supertrend buy signal = long`, `the SAR says buy: buy`: its turn to that side."""
    named = bool(made) and _line(made[-1]) is not None and tokens[here].value in {"long", "sell", "short"}
    said = _kind(tokens, here + 1) in {"arrow", "colon", "comma", "then"} and _kind(tokens, here + 2) == "act"
    signal = tokens[here].text.split()[-1] in {"signal", "signals"}
    return named and said and (signal or _kind(tokens, here + 1) != "comma")


def _turned(
    tokens: Sequence[Token], here: int, line: Series, made: list[Token], *, plain: bool
) -> tuple[list[Token], int] | None:
    """`flips`, `turns`, `goes`, with where to; without, it is the turn of each side."""
    end = here + 1
    while _kind(tokens, end) in _SMALL:
        end += 1
    way = _kind(tokens, end)
    text = " ".join(each.text for each in tokens[here : end + 1])
    sided = True if way in _UP else False if way in _DOWN else None
    if sided is None and way in {"above", "below"} and line.name == "sar":
        return _dotted(tokens, here, end, line, made)
    if sided is not None:
        if _kind(tokens, end + 1) in _OWN_COLOURS:
            return None
        return _alone(made, Token("cond", text, _side(line, sided, event=True))), end + 1
    if not plain or end > here + 1:
        return None
    return _each_way(tokens, here, line, made)


def _dotted(
    tokens: Sequence[Token], here: int, end: int, line: Series, made: list[Token]
) -> tuple[list[Token], int] | None:
    """`the dots flip under price`: the price is above them from then on."""
    behind = tokens[end + 1] if end + 1 < len(tokens) else Token("end", "")
    priced = behind.kind == "ser" and behind.value.text == "close"
    if not priced and behind.kind not in _ENDS:
        return None
    text = " ".join(each.text for each in tokens[here : end + 1 + priced])
    cross = _side(line, tokens[end].kind == "below", event=True)
    return _alone(made, Token("cond", text, cross)), end + 1 + priced


def _each_way(
    tokens: Sequence[Token], here: int, line: Series, made: list[Token]
) -> tuple[list[Token], int] | None:
    """`flips: long / short`; `a flip system, long only`: the turn up is bought, the turn down is sold."""
    text = tokens[here].text
    up, down = (Token("cond", text, _side(line, each, event=True)) for each in (True, False))
    kinds = [_kind(tokens, place) for place in range(here + 1, here + 3)]
    sides = [each.value for each in tokens if each.kind == "act" and each is not tokens[here]]
    if kinds == ["colon", "act"] and tokens[here + 2].value == "both":
        read = [Token("act", "long", "long"), Token("when", "when"), up, Token("comma", ","),
                Token("act", "short", "short"), Token("when", "when"), down]  # fmt: skip
        return _alone(made, *read), here + 3
    only = any(token.kind == "set" and token.value.name == "only" for token in tokens) or any(
        token.kind == "longonly" for token in tokens
    )
    if not made or made[-1].kind not in {"record", "ser"} or kinds[0] not in _ENDS or {"long", "short"} & set(sides):
        return None
    if only:
        return _alone(made, Token("act", "long", "long"), Token("when", "when"), up), here + 1
    read = [Token("act", "long", "long"), Token("when", "when"), up, Token("comma", ","),
            Token("act", "short", "short"), Token("when", "when"), down]  # fmt: skip
    return (_alone(made, *read), here + 1) if "both" in sides and "exit" not in sides else None


def _alone(made: list[Token], *read: Token) -> list[Token]:
    """The name right before a turn is what turns, and is not left to be asked about."""
    while made and (made[-1].kind in {"the", "filler"} or _line(made[-1]) is not None):
        made.pop()
    return list(read)


def _kind(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].kind if place < len(tokens) else "end"
