"""What is kept of calls of the library changes nothing: a text is what it is, whatever was read before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.lang.analysis.analysis import Analysis, analyse
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.reports import LIBRARY
from stratagem.lang.elaborate import elaborate as elaborating
from stratagem.lang.elaborate import unfolded
from stratagem.lang.elaborate.context import Limits
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import to_json
from stratagem.lang.plan.several import several
from stratagem.lang.program.nodes import Node, walk
from stratagem.stdlib import library

SHIPPED = {path.stem: path.read_text() for path in (Path(__file__).resolve().parents[3] / "strategies").glob("*.strat")}
WRITTEN = (
    "x", "1", "0", "20", ".5", "%", " ", "\n", "(", ")", ",", "-", "not ", "close", "high", "[1]", " @ 1d",
    '?"how much"', "atr(14)", "sma(close, 3)", "macd(close, 3, 9, 4).hist", "supertrend(2, 7).direction",
    "stoch(5).k", "bollinger(20).upper",
    "\nlet y = kama(close, 9)\n", "\nstate s = 0 then s[1] + atr(5)\n", "\nparam n = 9 in 2 to 20\nlet y = adx(n)\n",
    "\nfn f(a) = hma(a, 9) - hma(a, 4)\nlet y = f(close) + f(high)\n", "\non every 1d\n",
    '\nassume timezone "Asia/Tokyo"\n',
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    unfolded.forget()
    yield
    unfolded.forget()


def everything(analysis: Analysis) -> dict[str, Any]:
    """All of an analysis, as it can be compared: nodes by their numbers, with what they point at."""
    program, known = analysis.program, analysis.resolution
    nodes: dict[int, Node] = {}
    for value in analysis.values.values():
        roots = value.fields.values() if hasattr(value, "fields") and isinstance(value.fields, dict) else [value]
        nodes |= {node.id: node for node in walk(each for each in roots if isinstance(each, Node))}
    made = "" if program is None else to_json(several(program) if program.several else plan(program))
    return {
        "tokens": analysis.tokens, "comments": analysis.comments, "module": repr(analysis.module),
        "diagnostics": analysis.diagnostics, "holes": repr(analysis.holes),
        "definitions": [(d.name, d.kind, d.span, d.clashes, sorted(d.uses, key=repr)) for d in known.definitions],
        "bound": {at: (span, found.name, found.kind) for at, (span, found) in known.bound.items()},
        "values": {span: repr(value) for span, value in analysis.values.items()},
        "nodes": {at: (repr(node), node.binding, node.span) for at, node in sorted(nodes.items())},
        "program": repr(program), "plan": made, "sources": None if program is None else list(program.sources),
    }  # fmt: skip


@contextmanager
def every_body_read() -> Iterator[None]:
    """As if nothing were kept, even of a call before in the same text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unfolded, "_fits", lambda context, kept: False)
        yield


def edits(draw: st.DrawFn, text: str) -> str:
    """A text with a few things written into it or taken out of it."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(WRITTEN)) + text[at + draw(st.sampled_from((0, 0, 0, 1, 2, 9))) :]
    return text


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A shipped strategy, and the same as it may stand in an editor a moment later."""
    text = SHIPPED[draw(st.sampled_from(sorted(SHIPPED)))]
    return text, edits(draw, text)


@settings(max_examples=120, deadline=None)
@given(edited())
def test_a_text_is_what_it_is_from_nothing(texts: tuple[str, str]) -> None:
    before, after = texts
    analyse(before)
    warm, again = everything(analyse(after)), everything(analyse(after))
    with every_body_read():
        cold = everything(analyse(after))
    assert warm == cold
    assert again == cold


@pytest.mark.parametrize("name", library.names())
def test_every_function_gives_the_nodes_that_reading_it_gives(name: str) -> None:
    """On several clocks, twice in a text, inside one another, with names in place of numbers."""
    entry = library.find(name)
    assert entry is not None
    example = entry.doc.partition("Example: `")[2].partition("`")[0] or f"{name}()"
    text = (f"param length = 10 in 5 to 20\nlet a = {example}\nlet b = {example}\nlet c = {example} @ 4h\n"
            f"fn f(x) = sma(x, length)\nlet d = f(close)\nlet e = {example}\n"
            'on every 1h\nassume timezone "Asia/Tokyo"\n')  # fmt: skip
    lower = f"\n# lower\n{text}"
    with every_body_read():
        cold = everything(analyse(text)), everything(analyse(lower))
    assert (everything(analyse(text)), everything(analyse(lower))) == cold
    assert everything(analyse(text)) == cold[0]


def asked(text: str, **options: Any) -> int:
    """How many calls of a text are not read, as what they come to is known."""
    found = 0
    again = unfolded._again

    def counted(*arguments: Any) -> Any:
        nonlocal found
        value = again(*arguments)
        found += value is not None
        return value

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unfolded, "_again", counted)
        check_text(text, **options)
    return found


TEXT = """\
let a = macd(close).hist
let b = macd(close, 5, 9).hist
let c = macd(high).hist + macd(close).line
plot a + b + c
"""


def test_a_call_is_read_once_whatever_text_it_stands_in() -> None:
    assert asked(TEXT) == 1
    assert asked(TEXT) == 4
    assert asked("param n = 12\nplot macd(close, n, 26).hist\nplot macd(close, fast = 12, slow = 26).hist\n") == 1
    assert asked("param n = 12\nplot macd(close, n, 26).hist\n") == 1
    assert asked("param n = 12 in 3 to 9_000\nplot macd(close, n, 26).hist\n") == 0  # of other bounds


@pytest.mark.parametrize(
    "text",
    [
        "state s = 0 then s + close\nplot macd(s).hist",  # of a state, whose place in the program is its own
        "plot macd(close, ?\"how fast\").hist\n",
        "plot macd(close, 0).hist\n",  # what is said of it is said each time
        "on every 1d\nplot vwap()\n",
    ],
)
def test_what_is_of_one_text_alone_is_not_kept(text: str) -> None:
    first, second = check_text(text), check_text(text)
    assert first.diagnostics == second.diagnostics
    assert asked(text) == 0


def test_a_number_that_is_written_is_another_argument_than_one_that_is_computed() -> None:
    """`200%` is no count, `round(4 * 50%)` is one."""
    assert [d.code for d in check_text("plot macd(close, round(4 * 50%), 9).hist").diagnostics] == []
    assert [d.code for d in check_text("plot macd(close, 200%, 9).hist").diagnostics] == ["E204"]


def test_limits_are_those_of_a_text_that_is_read() -> None:
    """Expressions and levels that need not be read count as if they were."""
    from stratagem.lang.resolve.resolve import resolve
    from stratagem.lang.syntax.parse import parse

    def codes(limits: Limits) -> list[Any]:
        parsed = parse(TEXT)
        found = elaborating.elaborate(parsed.module, resolve(parsed.module), {"<text>": TEXT}, limits=limits)
        return [(d.code, d.span) for d in found.diagnostics]

    for limits in [*(Limits(steps=n) for n in range(1, 200, 7)), *(Limits(nesting=n) for n in range(1, 30)),
                   *(Limits(nodes=n) for n in range(1, 40, 3))]:  # fmt: skip
        with every_body_read():
            cold = codes(limits)
        check_text(TEXT)
        assert codes(limits) == cold, limits


def test_who_is_asked_whether_to_go_on_is_asked_as_often() -> None:
    text = "".join(f"let a{n} = supertrend(3, 10).direction + {n}\n" for n in range(120))

    def looks() -> int:
        found = []
        check_text(text, look=lambda: found.append(1))
        return len(found)

    with every_body_read():
        cold = looks()
    assert cold > 3
    assert looks() == cold


def test_a_function_of_the_authors_own_by_the_name_of_one_that_the_library_calls() -> None:
    text = "fn {0}(x) = x + keltner(20).upper\nplot {0}(close)\n"
    for name in ("atr", "typical"):
        unfolded.forget()
        cold = check_text(text.format(name)).diagnostics
        check_text("plot keltner(20).upper")
        assert check_text(text.format(name)).diagnostics == cold


def test_hosts_do_not_see_what_is_kept_of_each_other() -> None:
    def one(f: Any, k: Any, w: Any, source: float) -> float:
        """Of one host."""
        return source + 1.0

    def other(f: Any, k: Any, w: Any, source: float) -> float:
        """Of the other."""
        return source + 2.0

    hosts = [sg.Host(), sg.Host()]
    for host, step in zip(hosts, (one, other), strict=True):
        host.function(step, name="shifted")
    text = "plot macd(shifted(close)).hist"
    cold = []
    for host in hosts:
        unfolded.forget()
        cold.append(everything(analyse(text, registry=host.registry)))
    warm = [everything(analyse(text, registry=host.registry)) for host in (*hosts, *hosts)]
    assert warm == [*cold, *cold]
    assert cold[0] != cold[1]


def test_no_more_is_kept_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfolded, "MOST", 5)
    monkeypatch.setattr(unfolded, "MOST_SHAPES", 20)
    for n in range(2, 40):
        text = f"plot macd(close, {n}, {n + 9}).hist"
        cold = everything(analyse(text))
        assert everything(analyse(text)) == cold
        assert len(unfolded._kept) <= 5
        assert len(unfolded._shapes) <= 20


def test_what_is_kept_is_of_the_library_alone() -> None:
    check_text(TEXT)
    spans = [asked.span for kept in unfolded._kept.values() for asked in kept.asked]
    assert spans
    assert all(span.source.startswith(LIBRARY) or not span.end for span in spans)


def test_values_are_of_the_text_alone() -> None:
    """A place in the library's text is none of the author's: an offset there would be another thing here."""
    assert {span.source for span in analyse(TEXT).values} == {"<text>"}
