"""What the words of a request become on their way: tokens, series, conditions, and what is said of orders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Token(NamedTuple):
    """A stretch of a request and what it is taken for. `text`: its words; `value` depends on the kind."""

    kind: str
    text: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Series:
    """A value that each bar has, as the text of an expression.

    dim: what it measures ("price", "volume", "distance", "ratio", or the scale of an oscillator by its name).
    name: of which function it is ("sma", "rsi", "highest" …). frame: the longer timeframe that it is read on.
    length: of its window, 0 if none was said. window: it is an extreme of bars, this one included.
    """

    text: str
    dim: str = "price"
    name: str = ""
    length: int = 0
    frame: str = ""
    band: str = ""
    window: bool = False
    prior: bool = False  # of an extreme: the bars before this one were said
    line: str = ""  # of a line that is moved or scaled: the line itself

    @property
    def plain(self) -> str:
        """What is scaled or moved: of an extreme of earlier bars those."""
        return f"{self.text}[1]" if self.window and self.prior else self.text

    @property
    def read(self) -> str:
        """The same on the timeframe that it is of."""
        return f"{self.plain} @ {self.frame}" if self.frame else self.plain

    def scaled(self, text: str) -> Series:
        """This line under another text."""
        name = self.name if self.name.endswith("*") else f"{self.name}*"
        return Series(text, self.dim, name, self.length, self.frame, line=self.line or self.text)

    @property
    def written(self) -> str:
        if self.frame and self.line and self.line in self.text:
            line = re.escape(self.line) + r"(\[\d+\])?"
            return re.sub(line, lambda found: f"{found[0]} @ {self.frame}", self.text, count=1)
        return f"{self.text} @ {self.frame}" if self.frame else self.text

    @property
    def before(self) -> str:
        """The same without this bar: what a breakout breaks."""
        return f"{self.text}[1] @ {self.frame}" if self.frame else f"{self.text}[1]"


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right`; op is one of < <= > >= == !=, cross_above, cross_below, cross (which way is not said), at.

    left or right None: it is said elsewhere (`>70 sell` after `rsi < 30 buy`).
    """

    left: Series | None
    op: str
    right: Series | None


@dataclass(frozen=True, slots=True)
class Plain:
    """A condition that is text already; `mirrored` is its counterpart for the other side, if it has one."""

    text: str
    mirrored: str = ""
    binds: bool = True  # False: an `or` inside, or `not`, that wants brackets
    filter: bool = False  # of entries, wherever it is said


@dataclass(frozen=True, slots=True)
class Joined:
    word: str  # and, or
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class Again:
    """A condition said by another: the same cross the other way (`back`), or the entry no longer so (`ends`)."""

    how: str


Condition = Compare | Plain | Joined | Not | Again


@dataclass(frozen=True, slots=True)
class Setting:
    """A clause or statement beside conditions: `name` says which, `value` its text or parts, `side` whose it is."""

    name: str
    value: Any = ""
    side: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Level:
    """How far a level is. kind: share, atr, r, price, points, far (the other side of the bar), asked."""

    kind: str
    value: Any = None
    side: str = ""  # above or below the entry, + or -, if said


def asked(kind: str, question: str, offers: Mapping[str, str] | None = None) -> str:
    """A hole as it stands in texts until the program is written: with its kind, and what it offers as answers.

    offers: what each of the words means that the question names.
    """
    told = "".join(f"|{words}=>{text}" for words, text in (offers or {}).items() if not set('"|') & set(text))
    return f'?"{kind}|{plain(question).replace("|", "/")}{told}"'


def plain(text: str) -> str:
    """Without what would end or format a text of the language."""
    return " ".join(text.replace('"', "'").replace("{", "(").replace("}", ")").replace("\\", "/").split())


def number(value: float) -> str:
    """10, 0.95, 1.5: without what the arithmetic of fractions leaves behind."""
    value = round(value, 10)
    return str(int(value)) if value == int(value) else f"{value:.10f}".rstrip("0")


def percent(value: float) -> str:
    return f"{number(value)}%"
