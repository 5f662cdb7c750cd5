"""Text to tree, construct by construct: what each becomes, where it stands, what is kept beside it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from stratagem.lang.diagnostics.render import to_json
from stratagem.lang.syntax import tables, tree
from stratagem.lang.syntax.parse import parse
from stratagem.lang.syntax.stuck import STATEMENT_WORDS

from .reading import BEFORE, errors, expression, sound


def shown(node: Any) -> str:
    """A tree in brackets: short enough to be written into a test."""
    match node:
        case tree.Number():
            return f"{node.value:g}{node.suffix}"
        case tree.Bool():
            return str(node.value).lower()
        case tree.Missing():
            return "na"
        case tree.Name():
            return node.name
        case tree.Text():
            return "".join(p if isinstance(p, str) else "{" + shown(p) + "}" for p in node.parts)
        case tree.Unary():
            return f"({node.operator} {shown(node.operand)})"
        case tree.Binary():
            return f"({shown(node.left)} {node.operator} {shown(node.right)})"
        case tree.Conditional():
            return f"(if {shown(node.condition)} {shown(node.then)} {shown(node.otherwise)})"
        case tree.Call():
            return f"{shown(node.function)}({', '.join(_argument(a) for a in node.arguments)})"
        case tree.History():
            return f"{shown(node.value)}[{shown(node.offset)}]"
        case tree.Field():
            return f"{shown(node.value)}.{node.name}"
        case tree.Sampled():
            return f"({shown(node.value)} @{node.mode} {shown(node.timeframe)})"
        case tree.Of():
            return f"({shown(node.value)} of {node.symbol})"
        case tree.Bars():
            return f"({shown(node.value)} bars)"
        case tree.Record():
            return "{" + ", ".join(f"{e.name}: {shown(e.value)}" for e in node.entries) + "}"
    raise AssertionError(node)


def _argument(argument: tree.Argument) -> str:
    return (f"{argument.name}=" if argument.name else "") + shown(argument.value)


def statements(text: str) -> tuple[Any, ...]:
    return sound(text).statements


def only(text: str) -> Any:
    parsed = parse(text)
    assert len(parsed.module.statements) == 1 and not parsed.diagnostics
    return parsed.module.statements[0]


EXPRESSIONS = {
    "1 + 2 * 3": "(1 + (2 * 3))",
    "1 - 2 - 3": "((1 - 2) - 3)",
    "8 / 4 // 2": "((8 / 4) // 2)",
    "(1 + 2) * 3": "((1 + 2) * 3)",
    "-a * b": "((- a) * b)",
    "a - -b": "(a - (- b))",
    "-a @ 4h": "(- (a @closed 4h))",
    "a > b @ 4h": "(a > (b @closed 4h))",
    "a @ forming 4h": "(a @forming 4h)",
    "a @ event 1d": "(a @event 1d)",
    "a @ 1h @ 4h": "((a @closed 1h) @closed 4h)",
    "a @ frame": "(a @closed frame)",
    "a @ event": "(a @closed event)",
    "not a and b or c": "(((not a) and b) or c)",
    "not a > b": "(not (a > b))",
    "a or b and c": "(a or (b and c))",
    "not not a": "(not (not a))",
    "a + 1 == b": "((a + 1) == b)",
    "a != b": "(a != b)",
    "if a then b else c + 1": "(if a b (c + 1))",
    "if a then b else if c then d else e": "(if a b (if c d e))",
    "f()": "f()",
    "f(a, 2, n = 3,)": "f(a, 2, n=3)",
    "f(a)[1].b": "f(a)[1].b",
    "lib.f(a)": "lib.f(a)",
    "a[n + 1]": "a[(n + 1)]",
    "5 bars": "(5 bars)",
    "n bars": "(n bars)",
    "{ a, b: c + 1 }": "{a: a, b: (c + 1)}",
    "{ a: { b } }.a.b": "{a: {b: b}}.a.b",
    "true": "true",
    "false or na": "(false or na)",
    '"plain"': "plain",
    '"at {close + 1}, {{x}}"': "at {(close + 1)}, {x}",
    '"{a}{b}"': "{a}{b}",
    '""': "",
}


@pytest.mark.parametrize(("text", "wanted"), EXPRESSIONS.items())
def test_expressions(text: str, wanted: str) -> None:
    expr = expression(text)
    assert shown(expr) == wanted
    assert (expr.span.start, expr.span.end) == (len(BEFORE), len(BEFORE + text))
    assert shown(only(f"let a = {text}").value) == wanted


NUMBERS = {
    "0": (0.0, "", True), "10_000": (10000.0, "", True), "1.50": (1.5, "", False), "0.25": (0.25, "", False),
    "2%": (0.02, "%", True), "0.07%": (0.0007, "%", False), "1.1%": (0.011, "%", False), "5bp": (0.0005, "bp", True),
    "30s": (30.0, "s", True), "15m": (15.0, "m", True), "4h": (4.0, "h", True), "1d": (1.0, "d", True),
    "1w": (1.0, "w", True), "1mo": (1.0, "mo", True), "10ticks": (10.0, "ticks", True), "1tick": (1.0, "ticks", True),
    "2r": (2.0, "r", True), "0.5r": (0.5, "r", False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), NUMBERS.items())
def test_numbers(text: str, wanted: tuple[float, str, bool]) -> None:
    number = expression(text)
    assert isinstance(number, tree.Number)
    assert (number.value, number.suffix, number.whole) == wanted


@pytest.mark.parametrize("text", ["1_", "1__0", "01", "00", "1e5", "9" * 400, "5mins", "5q", "1_.5", "0x10"])
def test_numbers_that_are_none(text: str) -> None:
    assert {d.code for d in errors(BEFORE + text)} in ({"E006"}, {"E007"})


# --- statements ----------------------------------------------------------------------------------


def test_the_heading() -> None:
    assert only("stratagem 1").number == 1
    assert only('strategy "Golden cross"').title == "Golden cross"
    on = only('on EURUSD, "BTC-USD", size every 15m')
    assert on.symbols == ("EURUSD", "BTC-USD", "size") and (on.timeframe.value, on.timeframe.suffix) == (15.0, "m")
    assert only("on every 1d").symbols == ()
    assert only("on AAPL").timeframe is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.1%", "0.1%"), ("5/order+0.1%", "5/order+0.1%"), ("5 / order + 0.1%", "5/order+0.1%"),
        ("0.005/unit", "0.005/unit"), ("next_open", "next_open"), ('"America/New_York"', "America/New_York"),
        ("100000", "100000"), ("10ticks", "10ticks"), ("1bp", "1bp"), ("limit", "limit"),
        ("0.005/unit min  1 max 5 / order", "0.005/unit min 1 max 5/order"), ("1bp on\n  exits", "1bp on exits"),
    ],
)  # fmt: skip
def test_assumptions_keep_their_text(written: str, value: str) -> None:
    text = f"assume fee {written}"
    assume = only(text)
    assert (assume.name, assume.value) == ("fee", value)
    assert text[assume.value_span.start : assume.value_span.end] == written
    assert text[assume.name_span.start : assume.name_span.end] == "fee"


def test_parameters() -> None:
    param = only("param fast = 20 in 5 to 100 step 5")
    assert isinstance(param.domain, tree.Range)
    assert [shown(e) for e in (param.default, param.domain.low, param.domain.high, param.domain.step)] == [
        "20",
        "5",
        "100",
        "5",
    ]
    assert only("param x = -1 in -5 to 5").domain.step is None
    assert [shown(v) for v in only("param x = 1 in [1, 2, 5,]").domain.values] == ["1", "2", "5"]
    assert only("param long = true").domain is None


def test_definitions() -> None:
    state = only("state count = na then if event then 0 else count + 1")
    assert (shown(state.initial), shown(state.update)) == ("na", "(if event 0 (count + 1))")
    short = only("fn f(a, b = 2) = a + b")
    assert [(p.name, p.default and shown(p.default)) for p in short.parameters] == [("a", None), ("b", "2")]
    assert (short.body, shown(short.result)) == ((), "(a + b)")
    long = only("fn f(a) let x = a state s = 0 then s + x return { x, s }")
    assert [s.name for s in long.body] == ["x", "s"] and shown(long.result) == "{x: x, s: s}"
    assert only("fn f() = 1").parameters == ()
    assert shown(only("require fast < slow").condition) == "(fast < slow)"


def test_orders() -> None:
    enter = only(
        "enter long when up size 50% risk 1% cap 200% stop 2 * atr(14) target 3% trail 1% expire 20 bars scale 2 once"
        ' fill this_close because "at {close}"'
    )
    assert enter.side == "long"
    assert [(c.word, c.value and shown(c.value)) for c in enter.clauses] == [
        ("size", "0.5%"), ("risk", "0.01%"), ("cap", "2%"), ("stop", "(2 * atr(14))"), ("target", "0.03%"),
        ("trail", "0.01%"), ("expire", "(20 bars)"), ("scale", "2"), ("once", None), ("fill", "this_close"),
        ("because", "at {close}"),
    ]  # fmt: skip
    assert [c.unit for c in only("exit short when up size 10 units").clauses] == ["units"]
    assert [c.unit for c in only("exit short when up size n cash").clauses] == ["cash"]
    assert only("enter short when up").clauses == ()


def test_guards_and_outputs() -> None:
    assert only("guard drawdown 20% then flatten").action == "flatten"
    assert only("guard day_trades 3").action == "deny"
    assert only('plot close as "x"').title == "x" and only("plot close").title is None
    assert (only("emit hot when up").name, shown(only("emit hot when up").condition)) == ("hot", "up")
    assert only("alert when up").message is None and shown(only('alert when up "at {close}"').message) == "at {close}"


def test_a_statement_ends_where_the_next_begins() -> None:
    text = "let a=1 let b\n=\n2 enter long\nwhen a>b plot b exit long when true"
    assert [type(s).__name__ for s in sound(text).statements] == ["Let", "Let", "Enter", "Plot", "Exit"]
    assert [text[s.span.start : s.span.end] for s in sound(text).statements][1:3] == [
        "let b\n=\n2",
        "enter long\nwhen a>b",
    ]


def test_an_empty_text_is_an_empty_program() -> None:
    assert sound("").statements == sound(b" \n# nothing\n").statements == ()


# --- spans, comments, depth --------------------------------------------------------------------------


def test_spans_count_characters_also_in_texts() -> None:
    text = '# größer ≥ 1\nalert when up "é {close > open}!"'
    message = only(text).message
    inner = message.parts[1]
    assert text[inner.span.start : inner.span.end] == "close > open"
    assert text[message.span.start : message.span.end] == '"é {close > open}!"'
    assert text[inner.operator_span.start : inner.operator_span.end] == ">"


def test_brackets_belong_to_the_span() -> None:
    text = "let a = ((b + c)) * d"
    assert text[only(text).value.left.span.start : only(text).value.left.span.end] == "((b + c))"


def test_comments_are_kept_and_documentation_attached() -> None:
    text = "# head\n## What it is.\n##  And more.\nlet a = 1 ## not this\n\n## parted\n# by this\nparam b = 2\n"
    text += "## f\nfn f() = 1"
    module = sound(text)
    assert [s.doc for s in module.statements] == ["What it is. And more.", "", "f"]
    assert [c for c, _ in module.comments][:2] == ["# head", "## What it is."]
    assert all(text[span.start : span.end] == comment for comment, span in module.comments)
    assert sound('let a = "# no comment"').comments == ()


def test_depth_counts_levels() -> None:
    assert expression("a").depth == 1
    assert expression("f(a + 1, b)").depth == 3
    assert expression('"{a + 1}"').depth == 3


def test_a_bracket_that_begins_a_line_is_warned_about() -> None:
    for text in ("let a = close\n(1)", "let a = close\n[1]"):
        assert [d.code for d in parse(text).diagnostics] == ["W002"]
    assert parse("let a = f(\n1)").diagnostics == parse("let a = f (1)").diagnostics == ()


# --- several symbols -----------------------------------------------------------------------------


def test_what_is_traded_and_watched() -> None:
    on, watch = statements('on GLD, "BRK-B" every 1d watch VIX, "^TNX"')
    assert on.symbols == ("GLD", "BRK-B") and [s.end - s.start for s in on.spans] == [3, 7]
    assert watch.symbols == ("VIX", "^TNX") and len(watch.spans) == 2
    universe, bare = statements('universe "sp20" every 1d universe sp20')
    assert (universe.name, universe.timeframe.suffix, bare.name, bare.timeframe) == ("sp20", "d", "sp20", None)


def test_the_symbol_of_a_value_binds_as_a_timeframe_does() -> None:
    assert shown(expression("-a of S * b")) == "((- (a of S)) * b)"
    assert shown(expression("a + b.c[1] of S")) == "(a + (b.c[1] of S))"
    assert shown(expression("close @ 1w of SPY")) == "((close @closed 1w) of SPY)"
    assert shown(expression('close of "BRK-B" @ 1w')) == "((close of BRK-B) @closed 1w)"
    text = "plot close of SPY"
    of = only(text).value
    assert text[of.symbol_span.start : of.symbol_span.end] == "SPY"


def test_a_text_after_of_is_the_symbol_and_the_next_one_the_message() -> None:
    alert = only('alert when close of "A" > 1 "up"')
    assert alert.message.literal == "up" and alert.condition.left.symbol == "A"


def test_statements_for_one_symbol() -> None:
    enter, leave, cancel = statements('enter long SPY when a exit short "BRK-B" when b cancel long X when c')
    assert [s.symbol for s in (enter, leave, cancel)] == ["SPY", "BRK-B", "X"]
    assert only("enter long when a").symbol == "" and only("enter long when a").symbol_span is None


def test_assumptions_of_one_symbol() -> None:
    text = 'assume fee of "BRK-B" 5/order+0.1% min 1'
    assume = only(text)
    assert (assume.name, assume.symbol, assume.value) == ("fee", "BRK-B", "5/order+0.1% min 1")
    assert text[assume.symbol_span.start : assume.symbol_span.end] == '"BRK-B"'


def test_money_says_how_much_and_when() -> None:
    each, day, when = statements("deposit 100 cash monthly withdraw 2% yearly day 5 withdraw a + b cash when c and d")
    assert (each.word, each.amount.unit, each.period) == ("deposit", "cash", "monthly")
    assert each.day is each.condition is None
    assert (day.word, day.amount.unit, day.period, day.day.value) == ("withdraw", "", "yearly", 5.0)
    assert (when.amount.unit, when.period) == ("cash", "")
    assert (when.condition.operator, when.amount.value.operator) == ("and", "+")


def test_rebalance_says_when_and_how_much() -> None:
    monthly = only("rebalance monthly day 5 weight 20% band 2% fill this_close")
    assert (monthly.period, monthly.day.value, monthly.condition) == ("monthly", 5.0, None)
    assert [clause.word for clause in monthly.clauses] == ["weight", "band", "fill"]
    asked = only("rebalance when a and b weight if c then 20% else 0%")
    assert (asked.period, asked.day) == ("", None) and isinstance(asked.condition, tree.Binary)
    assert only("rebalance daily").clauses == ()


def test_the_legs_of_an_atomic() -> None:
    legs = 'sell GLD size 50% buy "B" size 10 units hold X size -5% flatten Y'
    atomic = only(f"atomic when z > 2 fill this_close {legs}")
    assert [(leg.word, leg.symbol, [c.word for c in leg.clauses]) for leg in atomic.legs] == [
        ("sell", "GLD", ["size"]), ("buy", "B", ["size"]), ("hold", "X", ["size"]), ("flatten", "Y", []),
    ]  # fmt: skip
    assert [clause.word for clause in atomic.clauses] == ["fill"]
    sequence = only(f"sequence when z > 2 fill this_close {legs}")
    assert (atomic.word, sequence.word) == ("atomic", "sequence")
    assert [(leg.word, leg.symbol) for leg in sequence.legs] == [(leg.word, leg.symbol) for leg in atomic.legs]
    assert atomic.span.end == atomic.legs[-1].span.end


@pytest.mark.parametrize("text", ['on ""', 'watch A, " "', 'plot close of ""', 'enter long "" when a'])
def test_a_symbol_has_a_name(text: str) -> None:
    (found,) = errors(text)
    assert (found.code, found.message) == ("E019", "a symbol has a name")


def test_what_is_preferred() -> None:
    assert shown(only("prefer close / close[20]").value) == "(close / close[20])"


# --- words ---------------------------------------------------------------------------------------


SOFT = sorted(w for w in tables.LITERALS if w.isalpha() and w in tables.ROWS[tables.START["expr"]])
SOFT = [w for w in SOFT if w not in ("if", "not", "true", "false", "na")]
RESERVED = sorted(w for w in tables.LITERALS if w.isalpha() and w not in SOFT)


def test_which_words_are_soft() -> None:
    words = "after again as at band bar bars because buy cap cash day event every expect expire fill flatten"
    words += " forming hold ladder limit long max min of once over prices risk scale sell short size start step stop"
    words += " take target to trail trigger units until valid volatility weight with within"
    assert " ".join(SOFT) == words


@pytest.mark.parametrize("word", SOFT)
def test_soft_words_can_be_names(word: str) -> None:
    text = f"""
    param {word} = {word} in {word} to {word} step {word}
    let {word} = {word} + {word}.{word} * {word}({word}, {word} = {word})[{word}] - {word} bars
    state {word} = {word} then {word}
    fn {word}({word}, {word} = 1) = {word}
    let r = {{ {word}, {word}: {word} }}
    require {word} < {word}
    enter long when {word} size {word} units risk {word} stop {word} target {word} expire {word} bars once fill {word}
    enter long when {word} limit {word} trigger {word} valid {word} until {word} stop {word} after {word}
      ladder {word} step {word} again
      take {word} at {word} trail {word} after {word}
    cancel long when {word}
    exit short when {word} and {word} @ {word} or {word} @ event 4h
    guard {word} {word} then {word}
    rebalance {word} day {word} weight {word} band {word} fill {word}
    rebalance when {word} weight {word}
    deposit {word} cash when {word}
    atomic when {word} fill {word} buy GLD size {word} hold GDX size {word} cash sell SPY size {word} units flatten QQQ
    prefer {word}
    plot {word} as "x"
    emit {word} when {word}
    assume {word} {word}
    on {word}, {word} every 1d
    """
    module = sound(text)
    assert len(module.statements) == 20 and not parse(text).diagnostics
    assert shown(module.statements[1].value) == (
        f"(({word} + ({word}.{word} * {word}({word}, {word}={word})[{word}])) - ({word} bars))"
    )
    assert module.statements[16].value.name == word


@pytest.mark.parametrize("word", RESERVED)
def test_reserved_words_cannot_be_names(word: str) -> None:
    for text in (f"let {word} = 1", f"let a = b.{word}", f"let a = f({word} = 1)"):
        assert errors(text)


LATER = {
    "sequence when up buy A size 10% transfer 500 cash": "transfer",
    'import "lib/regime.strat" as regime': "import",
    "let a = close when up": "when",
}


@pytest.mark.parametrize(("text", "word"), LATER.items())
def test_words_of_later_versions_are_answered(text: str, word: str) -> None:
    parsed = parse(f"let before = 1\n{text}\nlet behind = 2")
    assert [getattr(s, "name", "") for s in parsed.module.statements][:: len(parsed.module.statements) - 1] == [
        "before", "behind",
    ]  # fmt: skip
    (found,) = parsed.diagnostics
    assert found.code == "E901" and word in found.message and found.help
    assert found.message.endswith("not available yet")


def test_transfer_says_what_to_do_instead() -> None:
    (found,) = errors("sequence when up buy A size 10% transfer 500 cash to other")
    assert "leave it out" in found.help and "`share` says what each begins with" in found.help


def test_every_statement_word_is_in_a_test() -> None:
    own = set("stratagem strategy on universe watch assume param let state fn require enter exit cancel".split())
    own |= set("rebalance atomic sequence prefer deposit withdraw guard plot emit alert test".split())
    assert own | {text.split()[0] for text in LATER} >= STATEMENT_WORDS


# --- several faults, bytes, weight -------------------------------------------------------------------


def test_several_faults_in_one_run() -> None:
    text = "let a = 1 +\nlet b = )\nfn f(x)\n  let y = * 2\n  return y\nlet c = 2\nplot\nemit x"
    found = [(d.code, text.count("\n", 0, d.span.start) + 1) for d in parse(text, "my.strat").diagnostics]
    assert found == [("E001", 1), ("E005", 2), ("E001", 4), ("E001", 7), ("E002", 8)]


def test_messages_say_what_was_expected_and_found() -> None:
    def message(text: str) -> str:
        return errors(text)[0].message

    assert message("let a = * 2") == "expected an expression after `=`, found `*`"
    assert message("let = 2") == "expected a name after `let`, found `=`"
    assert message("let a = (1 + 2") == "expected `)`, found the end"
    assert message("plot") == "expected an expression after `plot`, found the end"
    assert message("let a = 1 2") == "expected an operator or the next statement after `1`, found `2`"


def test_bytes_are_read_as_utf_8() -> None:
    assert sound("let a = 1 # ä".encode()).comments[0][0] == "# ä"
    parsed = parse(b"let a = 1 # \xff\xfe")
    assert [(d.code, d.span.start) for d in parsed.diagnostics] == [("E009", 12)]
    assert "byte 0xff" in parsed.diagnostics[0].message and parsed.module.statements == ()
    assert [d.code for d in errors("let a = \ud800")] == ["E009"]


def test_reading_imports_nothing_heavy() -> None:
    code = (
        "import sys; from stratagem.lang.syntax.parse import parse; parse('let a = 1');"
        "print([m for m in ('lark', 'numpy', 'numba', 'difflib', 'decimal') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_every_line_end_ends_a_line(end: str) -> None:
    """A comment ends with its line, and a fault is told in the line it stands in."""
    lines = ["# a remark", "## what it is", 'let a = "one"', "let b = close $ 2", ""]
    parsed = parse(end.join(lines), "a.strat")
    told, *_ = [to_json(diagnostic, {"a.strat": parsed.text}) for diagnostic in parsed.diagnostics]
    assert (told["code"], told["line"], told["column"]) == ("E003", 4, 15)
    module = sound(end.join(lines).replace("$", "*"))
    assert [getattr(statement, "doc", None) for statement in module.statements] == ["what it is", ""]


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_what_only_looks_like_a_line_end_hides_nothing(mark: str) -> None:
    told = f"U+{ord(mark):04X} ends no line here"
    assert told in errors(f"# a remark{mark}let a = close")[0].message
    assert told in errors(f"let a = close{mark}let b = open")[0].message
    assert sound(f'let a = "one{mark}two"')
