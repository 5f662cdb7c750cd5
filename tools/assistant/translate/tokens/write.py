"""The text of a program from what was understood, in the layout of the formatter."""

from __future__ import annotations

from dataclasses import dataclass, field

from .token import Compare, Condition, Joined, Not, Plain


@dataclass(slots=True)
class Order:
    """An `enter` or `exit` statement with its clauses, in order."""

    action: str  # enter long, exit short …
    condition: str
    clauses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Program:
    assumptions: list[str] = field(default_factory=list)
    on: str = ""
    watch: list[str] = field(default_factory=list)
    lets: list[str] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    guards: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        lines = [self.on] if self.on else []
        lines += [f"watch {', '.join(self.watch)}"] if self.watch else []
        lines += [f"assume {each}" for each in self.assumptions] + self.lets
        for order in self.orders:
            lines.append(f"{order.action} when {order.condition}")
            lines += [f"  {clause}" for clause in order.clauses]
        lines += self.blocks + [f"guard {each}" for each in self.guards]
        return "\n".join(lines) + "\n" if lines else ""


def condition_text(condition: Condition) -> str:
    match condition:
        case Compare():
            return compare_text(condition)
        case Plain(text=text):
            return text
        case Joined(word=word, parts=parts):
            return f" {word} ".join(_bracketed(part, word) for part in parts)
        case Not(part=part):
            inner = condition_text(part)
            simple = isinstance(part, Compare) and part.op.startswith("cross")
            return f"not {inner}" if simple else f"not ({inner})"
    raise AssertionError(condition)


def _bracketed(part: Condition, word: str) -> str:
    text = condition_text(part)
    other = isinstance(part, Joined) and part.word != word and len(part.parts) > 1
    loose = isinstance(part, Plain) and " or " in text and not text.startswith('?"')
    return f"({text})" if other or (word == "and" and loose) else text


def compare_text(compare: Compare) -> str:
    left, right, op = compare.left, compare.right, compare.op
    assert left and right
    one = left.written if left.frame else left.plain
    broken = right.window and right.frame in {"", left.frame}  # of a longer one the bar that grows is not there yet
    two = right.before if broken and op in {">", "<", ">=", "<=", "cross_above", "cross_below"} else right.written
    return f"{op}({one}, {two})" if op.startswith("cross") else f"{one} {op} {two}"
