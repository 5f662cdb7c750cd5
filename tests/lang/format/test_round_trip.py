"""Law 16: a layout says what the text said, is its own layout, and there is one of a program however it was written."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from random import Random

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.span import Span
from stratagem.lang.format.format import formatted
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import to_json
from stratagem.lang.syntax import tree
from stratagem.lang.syntax.faults import Faults
from stratagem.lang.syntax.parse import parse
from stratagem.lang.syntax.scanner import Scanned, scan

from tests.laws.programs import program

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted(path for folder in ("strategies", "tests") for path in (ROOT / folder).rglob("*.strat"))
PROGRAMS = 24


def scanned(text: str) -> Scanned:
    return scan(Faults(text, "text"))


def words(text: str) -> list[str]:
    """The words of a text, without commas that close a list."""
    kept = [token.text for token in scanned(text).tokens]
    return [w for w, after in zip(kept, [*kept[1:], ""], strict=True) if not (w == "," and after in (")", "]", "}"))]


def told(text: str) -> list[str]:
    """The comments of a text."""
    return [comment.rstrip() for comment, _ in scanned(text).comments]


def scrambled(text: str, random: Random, *, comments: bool) -> str:
    """The same words with other blanks between them, and with comments anywhere."""
    out = []
    for number, token in enumerate(scanned(text).tokens[:-1]):
        chance = random.random() if comments else 1
        out.append(f" # {number} behind\n" if chance < 0.08 else f"\n\n # {number} own\n" if chance < 0.12 else "")
        out += [random.choice((" ", "\n", "  ", "\n\n\n", "\t", "\r\n")), token.text]
    return "".join(out)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file(path: Path) -> None:
    text = path.read_text()
    laid = formatted(text).text
    if formatted(text).diagnostics:  # a collection of faults
        assert path.stem == "cases"
        return
    assert words(laid) == words(text)
    assert formatted(laid).text == laid
    assert list(scanned(laid).docs.values()) == list(scanned(text).docs.values())


def test_shipped_strategies_are_in_the_layout() -> None:
    for path in (ROOT / "strategies").glob("*.strat"):
        assert formatted(path.read_text()).text == path.read_text(), path


def test_random_programs_mean_the_same() -> None:
    for seed in range(PROGRAMS):
        text = program(Random(seed))
        one, other = check_text(text), check_text(formatted(text).text)
        assert one.program is not None and other.program is not None, text
        assert to_json(plan(one.program)).replace(plan(one.program).source_hash, "") == to_json(
            plan(other.program)
        ).replace(plan(other.program).source_hash, ""), text


def test_there_is_one_layout_however_a_program_was_written() -> None:
    random = Random(16)
    for seed in range(PROGRAMS):
        text = program(Random(seed))
        tokens = [token.text for token in scanned(text).tokens]
        layouts = {formatted(gap.join(tokens)).text for gap in (" ", "\n", " \t\n")}
        assert len(layouts) == 1, text
        assert formatted(layouts.pop().replace("\n", " \n")).text == formatted(" ".join(words(text))).text
        laid = formatted(scrambled(text, random, comments=False)).text
        assert "".join(laid.split()) == "".join(formatted(text).text.split())


def test_comments_anywhere_are_kept_and_stay_where_they_were_put() -> None:
    random = Random(61)
    for seed in range(PROGRAMS):
        text = scrambled(program(Random(seed)), random, comments=True)
        laid = formatted(text).text
        assert words(laid) == words(text)
        assert told(laid) == told(text)
        assert formatted(laid).text == laid, text


def holed(text: str, random: Random) -> str:
    """The same with a question in place of some expressions that do not overlap."""
    statements = parse(text).module.statements
    spans = {(e.span.start, e.span.end) for e in tree.walk(statements) if isinstance(e, tree.Expr.__args__)}
    end = len(text)
    for start, stop in sorted(spans, reverse=True):
        holed = f'{text[:start]}?"what is {start}"{text[stop:]}'
        if stop <= end and random.random() < 0.1 and not parse(holed).failed:
            text, end = holed, start
    return text


def with_tests(text: str, random: Random) -> str:
    """Tests with bars of every form, which expect conditions that the program itself has."""
    statements = parse(text).module.statements
    conditions = [text[s.condition.span.start : s.condition.span.end] for s in statements
                  if isinstance(s, (tree.Enter, tree.Exit))]  # fmt: skip
    rows = ["10", "-3", "20 of 5", "10 12 9 11", "10 12 9 11 500", "3 of -10 -9 -12 -11"]
    out = []
    for number in range(1 + random.randrange(3)):
        parts = ["start \"2024-01-02\"", "every 1h", f"with n = {number}, m = 2%"][: random.randrange(4)]
        prices = ", ".join(random.choices(rows, k=1 + random.randrange(30)))
        of = random.choice(("", "of SPY "))
        ends = ("", "at bar 3", "within 0.1", 'at "2024"')
        expects = [f"expect {of}{condition} {random.choice(ends)}" for condition in conditions]
        out.append("\n".join((f'test "number {number}"', *parts, f"prices {of}{prices}", *expects)))
    return "\n".join(out)


def shape(part: object) -> object:
    """A tree without the places that it was read from."""
    if isinstance(part, tuple):
        return tuple(map(shape, part))
    if isinstance(part, Span) or not is_dataclass(part):
        return None if isinstance(part, Span) else part
    return (type(part), *(shape(getattr(part, field.name)) for field in fields(part)))


def test_questions_and_tests_are_read_the_same_in_their_layout() -> None:
    for seed in range(PROGRAMS // 3):
        random = Random(seed)
        text = holed(program(Random(seed)), random)
        text = f"{text}\n{with_tests(text, random)}"
        laid = formatted(scrambled(text, random, comments=seed % 2 == 0)).text
        assert not parse(text).failed, text
        assert words(laid) == words(text) and formatted(laid).text == laid, text
        assert shape(parse(laid).module.statements) == shape(parse(text).module.statements), text
