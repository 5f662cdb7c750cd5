"""The pure functions of the language: one row says what each takes, gives and is in both engines.

A row holds the meaning twice, as a Python expression and as LLVM lines (or the name of a helper of `arith.py`,
which both call), and tests hold the two together bit by bit. The rules they share:

- a number outside ±1e300 is missing, and there is one missing value, the canonical NaN;
- ordered comparisons and `eq` are false where an operand is missing, `ne` is true;
- `min` and `max` are missing where an operand is; bools are never missing.

In the Python text `{a} {b} {c}` are the operands and `t` is scratch; in the LLVM text `{r}` is the result and
names beginning with it are scratch. Bools are `i1` there and truth values in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from struct import pack
from typing import Any

from . import arith
from .arith import LIMIT

NUMBER, BOOL = "number", "bool"
NA = float("nan")

_NA = "0x7FF8000000000000"
_LIMIT = f"0x{pack('>d', LIMIT).hex().upper()}"
OPERANDS = ("a", "b", "c")


@dataclass(frozen=True, slots=True)
class Primitive:
    """One pure function. `helper` names the function of `arith.py` that computes it, where one does."""

    name: str
    operands: tuple[str, ...]
    result: str
    python: str
    llvm: tuple[str, ...]
    helper: str = ""

    def expression(self, *operands: str) -> str:
        """The Python expression over these operand texts."""
        return self.python.format(**dict(zip(OPERANDS, operands, strict=False)))

    def lines(self, result: str, *operands: str) -> list[str]:
        """The LLVM lines that compute `result` from these operand texts."""
        names = dict(zip(OPERANDS, operands, strict=False))
        return [line.format(r=result, **names) for line in self.llvm]

    def reads(self, position: int) -> int:
        """How often the Python expression mentions an operand; one that it repeats must be a plain name."""
        return self.python.count(f"{{{OPERANDS[position]}}}")


def _finite(instruction: str) -> tuple[str, ...]:
    """LLVM lines of an instruction whose result is missing where it is not a number within ±1e300."""
    return (
        f"{{r}}.raw = {instruction}",
        "{r}.size = call double @llvm.fabs.f64(double {r}.raw)",
        f"{{r}}.fits = fcmp ole double {{r}}.size, {_LIMIT}",
        f"{{r}} = select i1 {{r}}.fits, double {{r}}.raw, double {_NA}",
    )


def _within(operation: str, given: str = "") -> str:
    """The Python expression of an operation whose result is missing where it is not a number within ±1e300."""
    return f"(t if {given}-{LIMIT!r} <= (t := {operation}) <= {LIMIT!r} else NA)"


def _arithmetic(name: str, sign: str, instruction: str) -> Primitive:
    python = _within(f"{{a}} {sign} {{b}}")
    return Primitive(name, (NUMBER, NUMBER), NUMBER, python, _finite(f"{instruction} double {{a}}, {{b}}"))


def _comparison(name: str, sign: str, predicate: str) -> Primitive:
    llvm = (f"{{r}} = fcmp {predicate} double {{a}}, {{b}}",)
    return Primitive(name, (NUMBER, NUMBER), BOOL, f"({{a}} {sign} {{b}})", llvm)


def _of_bools(name: str, python: str, *llvm: str) -> Primitive:
    return Primitive(name, (BOOL,) * (2 if "{b}" in python else 1), BOOL, python, llvm)


def _helped(name: str, helper: str, count: int = 1) -> Primitive:
    operands = ", ".join(f"{{{o}}}" for o in OPERANDS[:count])
    typed = ", ".join(f"double {{{o}}}" for o in OPERANDS[:count])
    llvm = (f"{{r}} = call double @op_{helper}({typed})",)
    return Primitive(name, (NUMBER,) * count, NUMBER, f"{helper}({operands})", llvm, helper)


def _extreme(name: str, sign: str, predicate: str) -> Primitive:
    return Primitive(
        name,
        (NUMBER, NUMBER),
        NUMBER,
        f"(({{b}} if {{b}} {sign} {{a}} else {{a}}) if {{a}} == {{a}} and {{b}} == {{b}} else NA)",
        (
            f"{{r}}.other = fcmp {predicate} double {{b}}, {{a}}",
            "{r}.one = select i1 {r}.other, double {b}, double {a}",
            "{r}.known = fcmp ord double {a}, {b}",
            f"{{r}} = select i1 {{r}}.known, double {{r}}.one, double {_NA}",
        ),
    )


_NEG = (
    "{r}.minus = fneg double {a}",
    "{r}.known = fcmp ord double {a}, {a}",
    f"{{r}} = select i1 {{r}}.known, double {{r}}.minus, double {_NA}",
)
_DIV = (
    "{r}.zero = fcmp oeq double {b}, 0.0",
    "{r}.by = select i1 {r}.zero, double 1.0, double {b}",
    "{r}.quotient = fdiv double {a}, {r}.by",
    "{r}.size = call double @llvm.fabs.f64(double {r}.quotient)",
    f"{{r}}.fits = fcmp ole double {{r}}.size, {_LIMIT}",
    f"{{r}}.some = select i1 {{r}}.fits, double {{r}}.quotient, double {_NA}",
    f"{{r}} = select i1 {{r}}.zero, double {_NA}, double {{r}}.some",
)
_SIGN = (
    "{r}.above = fcmp ogt double {a}, 0.0",
    "{r}.below = fcmp olt double {a}, 0.0",
    "{r}.known = fcmp ord double {a}, {a}",
    f"{{r}}.rest = select i1 {{r}}.known, double 0.0, double {_NA}",
    "{r}.least = select i1 {r}.below, double -1.0, double {r}.rest",
    "{r} = select i1 {r}.above, double 1.0, double {r}.least",
)

_ROWS = (
    Primitive("neg", (NUMBER,), NUMBER, "(-{a} if {a} == {a} else NA)", _NEG),
    _arithmetic("add", "+", "fadd"),
    _arithmetic("sub", "-", "fsub"),
    _arithmetic("mul", "*", "fmul"),
    Primitive(
        "div", (NUMBER, NUMBER), NUMBER,
        _within("{a} / {b}", "{b} != 0.0 and "), _DIV,
    ),
    _helped("floordiv", "floordiv_", 2),
    _helped("mod", "mod_", 2),
    _comparison("lt", "<", "olt"),
    _comparison("le", "<=", "ole"),
    _comparison("gt", ">", "ogt"),
    _comparison("ge", ">=", "oge"),
    _comparison("eq", "==", "oeq"),
    _comparison("ne", "!=", "une"),
    _of_bools("beq", "({a} == {b})", "{r}.differ = xor i1 {a}, {b}", "{r} = xor i1 {r}.differ, true"),
    _of_bools("bne", "({a} != {b})", "{r} = xor i1 {a}, {b}"),
    _of_bools("and", "({a} and {b})", "{r} = and i1 {a}, {b}"),
    _of_bools("or", "({a} or {b})", "{r} = or i1 {a}, {b}"),
    _of_bools("not", "(not {a})", "{r} = xor i1 {a}, true"),
    Primitive(
        "select", (BOOL, NUMBER, NUMBER), NUMBER, "({b} if {a} else {c})",
        ("{r} = select i1 {a}, double {b}, double {c}",),
    ),
    Primitive(
        "bselect", (BOOL, BOOL, BOOL), BOOL, "({b} if {a} else {c})", ("{r} = select i1 {a}, i1 {b}, i1 {c}",),
    ),
    Primitive("is_na", (NUMBER,), BOOL, "({a} != {a})", ("{r} = fcmp uno double {a}, {a}",)),
    Primitive(
        "or_else", (NUMBER, NUMBER), NUMBER, "({a} if {a} == {a} else {b})",
        ("{r}.known = fcmp ord double {a}, {a}", "{r} = select i1 {r}.known, double {a}, double {b}"),
    ),
    Primitive("number", (BOOL,), NUMBER, "(1.0 if {a} else 0.0)", ("{r} = uitofp i1 {a} to double",)),
    _extreme("min", "<", "olt"),
    _extreme("max", ">", "ogt"),
    Primitive("abs", (NUMBER,), NUMBER, "abs({a})", ("{r} = call double @llvm.fabs.f64(double {a})",)),
    Primitive("sign", (NUMBER,), NUMBER, "(1.0 if {a} > 0.0 else -1.0 if {a} < 0.0 else 0.0 if {a} == 0.0 else NA)",
              _SIGN),
    _helped("floor", "floor_"),
    _helped("ceil", "ceil_"),
    _helped("round", "round_half_up_"),
    _helped("sqrt", "sqrt_"),
    _helped("exp", "exp_"),
    _helped("log", "log_"),
    _helped("log10", "log10_"),
    _helped("pow", "pow_", 2),
    *(_helped(name, f"{name}_") for name in ("sin", "cos", "tan", "asin", "acos", "atan")),
)  # fmt: skip
PRIMITIVES: dict[str, Primitive] = {row.name: row for row in _ROWS}


@cache
def function(name: str) -> Callable[..., Any]:
    """The pure function `name` as a Python function, made from its text."""
    row = PRIMITIVES[name]
    parameters = OPERANDS[: len(row.operands)]
    text = f"lambda {', '.join(parameters)}: {row.expression(*parameters)}"
    made: Callable[..., Any] = eval(text, namespace())  # noqa: S307 (the text is a row above)
    return made


def namespace() -> dict[str, Any]:
    """The names that the Python texts use besides their operands."""
    helpers = {row.helper: getattr(arith, row.helper) for row in _ROWS if row.helper}
    return {"__builtins__": {}, "NA": NA, "abs": abs, **helpers}


def evaluate(name: str, operands: Sequence[Any]) -> float | bool:
    """The pure function `name` of known values: a number as a float, a bool as a bool."""
    value = function(name)(*operands)
    return bool(value) if PRIMITIVES[name].result == BOOL else float(value)
