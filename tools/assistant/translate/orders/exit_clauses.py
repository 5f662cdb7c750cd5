"""Ways out, stretch by stretch: each that can be read as a whole becomes the settings that it says.

A stretch ends at a comma, `and`, `or`, `then` or the end of a sentence; the longest run of them that is one way out is
taken. Whatever is in no run stays as it is, and is read, or asked about, elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..tokens.token import Level, Plain, Series, Setting, Token, asked
from .exit_frames import Trigger, framed, spoken_after
from .exit_held import Held, held_of
from .exit_roles import Part, letters, parts_of
from .first_of import one_of_several

_PARTING = {"comma", "and", "or", "then", "arrow", "colon", "but"}
_JOINING = {"comma", "and", "then", "arrow", "colon", "or"}
_EXITS = {"exit", "sell", "cover"}
_WORDS = {"stopword", "targetword", "trailword", "act"}
_FAR = {"pct", "atrm", "points", "pips", "money", "rmul"}
_SAYS_HOW_FAR = {*_FAR, "at", "arrow", "colon", "of", "above", "below", "ser"}
_LONGEST = 4
_OPENS = {"when", "unless", "only", "until"}


def exit_clauses(tokens: list[Token]) -> list[Token]:
    """With a `set` token for each way out that a stretch says."""
    acts = {token.value for token in tokens if token.kind == "act"}
    entered = "" if {"long", "short"} <= acts or acts & {"both", "flip", "mirror"} else (
        "short" if acts & {"short", "cover"} else "long")
    made: list[Token] = []
    sentence: list[Token] = []
    tokens = _from_where(tokens, entered)
    for token in [*(_lined(tokens, here) for here in range(len(tokens))), Token("end", "")]:
        if token.kind in {"stopmark", "end", "note"}:
            made += _Sentence(one_of_several(sentence), entered).read()
            made += [token] if token.kind != "end" else []
            sentence = []
        else:
            sentence.append(token)
    return made


def _from_where(tokens: list[Token], entered: str) -> list[Token]:
    """`close when it is 1 ATR below`: below the price of entry, where no line was spoken of. Behind an entry on the
    same side of a line it may be meant of either."""
    made: list[Token] = []
    leaving, lines, sides = False, False, set()
    for here, token in enumerate(tokens):
        if token.kind == "act":
            leaving = token.value in _EXITS
        value = token.value
        lines |= token.kind == "record" or (token.kind == "ser" and value.dim == "price" and value.name != "px")
        sides |= {token.kind} & {"above", "below"} if not leaving else set()
        beyond = token.kind == "cond" and isinstance(value, tuple) and value[0] == "beyond"
        alone = here + 1 == len(tokens) or tokens[here + 1].kind in {*_PARTING, "stopmark", "note", "set"}
        listed = _goes_on_behind(made)
        if beyond and leaving and alone and entered and (tokens[here - 1].kind in {"when", "act", "at"} or listed):
            _, kind, distance, up, _ = value
            if not lines:
                far = Level("atr", distance) if kind == "atrm" else Level("share", distance[1])
                gain = up == (entered == "long")
                while made and made[-1].kind in ({"when", "at", "or", "comma"} if listed else {"when", "at"}):
                    made.pop()
                token = Token("set", token.text, Setting("target" if gain else "stop", far))
                made = made[:-1] if made and made[-1].kind == "act" else made
            elif sides == {"above" if up else "below"}:
                question = f"'{token.text}': from the line, or from the price of entry?"
                token = Token("cond", token.text, Plain(asked("definition", question)))
        made.append(token)
    return made


def _goes_on_behind(made: Sequence[Token]) -> bool:
    """`…, or 2 ATR above`: behind such a way out."""
    marks = [token.kind for token in made[-3:]]
    while marks and marks[-1] in {"or", "comma", "when", "at"}:
        marks.pop()
    return len(marks) < len(made[-3:]) and marks[-1:] == ["set"]


def _lined(tokens: Sequence[Token], here: int) -> Token:
    """`Stop at the supertrend`: at its line."""
    token = tokens[here]
    led = {each.kind for each in tokens[max(here - 3, 0) : here]}
    if token.kind != "record" or token.value.name != "supertrend" or not led & {"stopword", "targetword", "trailword"}:
        return token
    return Token("ser", token.text, Series(f"{token.value.text}.line", "price", "supertrend", band="line"))


class _Sentence:
    """Stretches of a sentence, each with the mark before it, and what was said of leaving so far."""

    def __init__(self, tokens: list[Token], entered: str) -> None:
        self.entered = entered
        self.marks: list[list[Token]] = [[]]
        self.stretches: list[list[Token]] = [[]]
        for here, token in enumerate(tokens):
            after = tokens[here + 1].kind if here + 1 < len(tokens) else "end"
            last = self.stretches[-1][-1].kind if self.stretches[-1] else ""
            if token.kind == "colon" and last in _WORDS - {"act"} and after not in _WORDS:
                continue  # `sl: 3 %`
            mark = token.kind in _PARTING or (token.kind in {"slash", "plusmark"} and after in _WORDS)
            parts = mark and not _inside(tokens, here)
            alone = token.kind in _WORDS - {"act"} and _compared(self.stretches[-1]) and after in _SAYS_HOW_FAR
            if (token.kind == "when" and token.value == "only" and self.stretches[-1]) or alone:
                self.marks.append([])
                self.stretches.append([])
            if parts and not self.stretches[-1]:
                self.marks[-1].append(token)
            elif parts:
                self.marks.append([token])
                self.stretches.append([])
            else:
                self.stretches[-1].append(token)
        self.leaving = 0
        """0: no word that leaves was said; 1: one with a condition of its own; 2: one that is followed by ways out."""
        self.gain: Level | None = None
        self.stopped = False
        if any(token.kind == "whichever" for token in tokens):
            self.leaving = 2 if not any(token.kind == "act" for token in tokens) else 0

    def read(self) -> list[Token]:
        made: list[Token] = []
        here = 0
        while here < len(self.stretches):
            found, end = self._longest(here)
            if found is None:
                if self._says_nothing(here, made):
                    here += 1
                    continue
                if [token.kind for token in self.stretches[here]] == ["opposite"] and made and made[-1].kind == "set":
                    made += [Token("comma", ","), Token("act", "exit", "exit"), *self.stretches[here]]
                    here += 1
                    continue
                condition = self._standing(here)
                if condition:
                    made += condition
                    here += 1
                    continue
                only = self.stretches[here][0] if len(self.stretches[here]) == 1 else None
                if only and only.kind == "stopword" and "order" in only.text:
                    self.stretches[here] = [Token("unknown", only.text)]
                alone = self._parts(here, here + 1)
                lone = alone and re.fullmatch(r"w[waf]*[GV]", letters(alone))
                stretch = _unknown(self.stretches[here]) if lone else _left_over(self.stretches[here])
                made += [*self.marks[here], *stretch]
                self._pass(self.stretches[here])
                here += 1
                continue
            own = [token for each in self.stretches[here:end] for token in each]
            text = " ".join(token.text for token in own)
            act = next((token for token in own if token.kind == "act" and token.value in _EXITS), None)
            made += [Token("comma", ",") if mark.kind in {"slash", "plusmark"} else mark for mark in self.marks[here]]
            if act and self._goes_on(end):
                made.append(act)
            made += [Token("set", text, replace(each, side=_whose(act))) for each in found.settings]
            self.leaving = 2 if act or self.leaving == 2 else self.leaving
            self.gain = found.gain
            self.stopped = any(each.name in {"stop", "trail"} for each in found.settings)
            here = end
        return made

    def _standing(self, here: int) -> list[Token]:
        """Where the position stands, as a condition beside others: `and up 4 %`, `but only in profit`."""
        stretch = self.stretches[here]
        own = [token for token in stretch if token.kind != "only"]
        marks = {mark.kind for mark in self.marks[here]}
        ahead = next((at for at, token in enumerate(own) if token.kind == "when" and at), 0)
        if ahead and own[0].kind == "act" and own[0].value in _EXITS and ahead > 1:
            parts = parts_of(own[1:ahead], self.entered)
            held = held_of(parts) if parts else None
            if held:
                self.leaving = 1
                return [*self.marks[here], own[0], Token("cond", "standing", held), *own[ahead:]]
        parts = parts_of(own, self.entered) if own else None
        held = held_of(parts) if parts else None
        if held is None:
            return []
        text = " ".join(token.text for token in stretch)
        if letters(parts or [])[:1] == "X":
            return self._leaves_when(here, held, text)
        before = self.stretches[here - 1] if here else []
        opened = bool(before) and before[0].kind in _OPENS
        beside = self.leaving == 1 or opened
        led = len(own) < len(stretch) or own[0].kind == "when"
        if beside and ("and" in marks or led) and "or" not in marks:
            return [Token("and", "and"), Token("cond", text, held)]
        if self.leaving != 2 and (held.equal and held.level is None):
            return [Token("comma", ","), Token("exitfilter", text, held)]
        return []

    def _leaves_when(self, here: int, held: Held, text: str) -> list[Token]:
        """`sell when in profit`, `only sell at a profit`: the second narrows what is said elsewhere."""
        stretch = self.stretches[here]
        if stretch[0].kind == "only":
            return [*self.marks[here], Token("exitfilter", text, held)]
        self.leaving = 1
        act = next(token for token in stretch if token.kind == "act")
        return [*self.marks[here], act, Token("when", "when"), Token("cond", text, held)]

    def _says_nothing(self, here: int, made: list[Token]) -> bool:
        """`…, whichever comes first`, `…, not more`; `out in thirds:` before the parts."""
        kinds = [token.kind for token in self.stretches[here]]
        if made and made[-1].kind == "set" and kinds and set(kinds) <= {"whichever", "not", "no", "morew"}:
            return True
        if made and made[-1].kind == "set" and _repeats(self.stretches[here], made[-1]):
            return True
        after = [mark.kind for each in self.marks[here + 1 : here + 2] for mark in each]
        if after[:1] == ["colon"] and kinds in (["act", "in", "third"], ["act", "in", "half"]):
            self.leaving = 2
            return True
        return kinds == ["whichever"]

    def _longest(self, here: int) -> tuple[Trigger | None, int]:
        last = min(here + _LONGEST, len(self.stretches))
        alone = self._parts(here, here + 1)
        ends = list(range(last, here, -1))
        if alone and self.gain and _evens(alone):
            ends = [here + 1]
        for end in ends:
            joined = [mark.kind for each in self.marks[here + 1 : end] for mark in each]
            if not set(joined) <= _JOINING or self._conditional(here, end):
                continue
            if end > here + 1 and (self._done(here) or self._apart(here, end)):
                continue
            parts = self._parts(here, end)
            if parts:
                found = framed(parts, self._listed(here), self.gain, "comma" in joined)
                twice = spoken_after(self.stopped, parts)
                found = Trigger(None, (twice,)) if twice and not found else found
                if found:
                    return found, end
        return None, here

    def _apart(self, here: int, end: int) -> bool:
        """`Stop 2 ATR, above the average`: is the average of the stop, or a condition? Not one level in two halves."""
        sided = [
            each for each in range(here + 1, end)
            if [token.kind for token in self.stretches[each] if token.kind not in {"wait", "atleast"}][:2]
            in (["above", "ser"], ["below", "ser"])
        ]  # fmt: skip
        return any(
            {mark.kind for mark in self.marks[each]} == {"comma"}
            and any(token.kind in {"atrm", "pct", "points", "money"} for token in self.stretches[each - 1])
            for each in sided
        )

    def _done(self, here: int) -> bool:
        """`… = exit, stop 3 %`: a word that leaves, of which everything is said before."""
        before = {mark.kind for mark in self.marks[here]}
        alone = [token.kind for token in self.stretches[here]] == ["act"]
        after = {mark.kind for mark in self.marks[here + 1]}
        return alone and bool(before & {"arrow", "then"}) and "comma" in after

    def _parts(self, here: int, end: int) -> list[Part] | None:
        tokens = list(self.stretches[here])
        for each in range(here + 1, end):
            tokens += [*self.marks[each], *self.stretches[each]]
        return parts_of(tokens, self.entered)

    def _conditional(self, here: int, end: int) -> bool:
        """Whether more is said of when: a condition before that nothing is done on yet, or one behind."""
        before = self.stretches[here - 1] if here else []
        opened = [token.kind for token in before]
        acts = any(token.kind in {"act", "set"} for token in before)
        if opened and opened[0] in _OPENS and not acts and not _protects(self.stretches[here]):
            return True
        after = self.stretches[end] if end < len(self.stretches) else []
        marks = [mark.kind for mark in self.marks[end]] if after else []
        leads = bool(after) and after[0].kind in _OPENS and not any(mark in {"or", "arrow"} for mark in marks)
        return leads and not any(token.kind == "act" for each in self.stretches[end:] for token in each)

    def _listed(self, here: int) -> bool:
        """Whether a bare `at +5 %` goes on with what was said of leaving."""
        marks = {mark.kind for mark in self.marks[here]}
        if self.leaving == 1:
            lone = here > 0 and len(self.stretches[here - 1]) == 1
            led = self.stretches[here][0].kind in {"at", "when", "after"}
            return lone or "or" in marks or (marks == {"comma"} and led)
        return self.leaving == 2

    def _pass(self, stretch: Sequence[Token]) -> None:
        """A stretch that is read elsewhere."""
        for token in stretch:
            if token.kind == "act":
                self.leaving = int(token.value in _EXITS)
        self.gain = None

    def _goes_on(self, end: int) -> bool:
        """Whether more is said of when to leave: `sell at +5 % or when …`."""
        after = self.stretches[end] if end < len(self.stretches) else []
        return bool(after) and after[0].kind not in {"act", "set"} and not _protects(after)


def _whose(act: Token | None) -> str:
    """`cover after 7 bars`, `exit longs at +5 %`: of one side alone."""
    words = set(act.text.split()) if act else set()
    if act and (act.value == "cover" or words & {"short", "shorts"}):
        return "short"
    return "long" if words & {"long", "longs"} else ""


def _unknown(stretch: list[Token]) -> list[Token]:
    """`after a gain of 2 %`, with nothing that is done then: asked about, and no target."""
    return [token if token.kind in {"when", "after"} else Token("unknown", token.text) for token in stretch]


def _left_over(stretch: list[Token]) -> list[Token]:
    """Of a stop that is not understood nothing is taken for a comparison with what was compared last."""
    if not _protects(stretch) or any(token.kind in {"act", "when"} for token in stretch):
        return stretch
    made: list[Token] = []
    for here, token in enumerate(stretch):
        after = stretch[here + 1].kind if here + 1 < len(stretch) else "end"
        dangling = token.kind in {"above", "below"} and after in {"end", "unknown", "lastn", "style", "when"}
        made.append(Token("unknown", token.text) if dangling else token)
    return made


def _evens(parts: list[Part]) -> bool:
    """Whether it is the stop that goes to the entry, and nothing says when."""
    return bool({part.role for part in parts} & {"B", "E"}) and not any(part.level for part in parts)


def _repeats(stretch: list[Token], said: Token) -> bool:
    """`stop = low[1], i.e. the low of the bar before`."""
    level = said.value.value
    own = [token for token in stretch if token.kind != "correction"]
    lines = [token.value for token in own if token.kind == "ser"]
    if not isinstance(level, Level) or level.kind != "price" or len(lines) != 1 or lines[0].text != level.value.text:
        return False
    return all(token.kind in {"ser", "part", "bar", "unit", "of"} for token in own)


def _compared(stretch: Sequence[Token]) -> bool:
    """Whether it is complete: `rsi > 70 stop 3 %`, `sl 3 % tp 6 %`."""
    kinds = [token.kind for token in stretch]
    if kinds and kinds[0] in _WORDS - {"act"} and kinds[-1] in _FAR and len(kinds) > 1:
        return True
    return kinds[-2:-1] in (["above"], ["below"]) and kinds[-1] in {"num", "ser"} and "ser" in kinds[:-2]


def _protects(stretch: Sequence[Token]) -> bool:
    """Whether it speaks of a stop, a target or a trail itself."""
    kinds = {token.kind for token in stretch}
    return bool(kinds & {"stopword", "trailword", "targetword", "movestop", "breakeven", "hold", "maxhold", "timestop"})


def _inside(tokens: list[Token], here: int) -> bool:
    """`with` at the beginning of a stretch, and what stands in brackets, parts nothing."""
    depth = 0
    for token in tokens[:here]:
        depth += {"open": 1, "shut": -1}.get(token.kind, 0)
    return depth > 0
