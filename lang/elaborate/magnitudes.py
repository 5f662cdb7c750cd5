"""Sizes that compile and are hardly meant: a price against 1 % of a price, a stop 98 % away, an expiry within one bar.

A share counts from a whole, and people leave the whole out: they write where a level lies (`98%`, `1.01%`) in place of
how far it is. Nothing here is certain, so all of it is warned about, but for a part of a bar, which there is not.
"""

from __future__ import annotations

import re

from ..diagnostics.model import Fix
from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..program.nodes import Binding, Node
from ..program.units import Unit
from ..syntax import tree
from .arithmetic import is_whole
from .context import Context
from .level import Level
from .ranges import bounds

_LEAST, _MOST = 0.2, 5.0  # of another price: further apart two prices of one thing hardly are
_LIKE_ONE = (0.8, 1.2)  # a number that is meant to be multiplied by
_FAR, _NEARLY, _BEYOND = 0.5, 1.0, 1.2  # shares of the fill
_NEAR = 25.0  # per cent


# --- prices beside prices --------------------------------------------------------------------------


def prices(
    reports: Reports, context: Context, span: Span, operator: str, sides: tuple[tuple[tree.Expr, Node], ...]
) -> None:
    """`close > open * 1.01%`: each side is a price, and one of them a hundredth of one."""
    if any(node.unit is not Unit.PRICE or node.binding < Binding.SERIES for _, node in sides):
        return
    factors = [_factor(node) for _, node in sides]
    for place, (expr, _) in enumerate(sides):
        own, other = factors[place], factors[1 - place]
        if own in (1.0, 0.0) or other == 0.0 or _LEAST <= own / other <= _MOST:
            continue
        above = operator in ((">", ">=") if place else ("<", "<="))
        fixes = _meant(context, expr, rises=above or operator == "cross")
        reports.warning(
            "W205", f"a price is compared with {own:.4g} times a price", span, fixes=fixes,
            notes=["two prices are hardly so far apart: this is likely to be the same on every bar"],
            help="a percent above is `* (1 + 1%)`, a percent below `* (1 - 1%)`",
        )  # fmt: skip
        return


def _factor(node: Node) -> float:
    """The number that a price is multiplied by; 1 where it is by none."""
    factor = 1.0
    while node.kind == "pure" and node.name in ("mul", "div"):
        left, right = node.args
        if right.kind == "const" and right.data[0]:
            by = float(right.data[0])  # type: ignore[arg-type]
            factor, node = (factor * by if node.name == "mul" else factor / by), left
        elif left.kind == "const" and node.name == "mul":
            factor, node = factor * float(left.data[0]), right  # type: ignore[arg-type]
        else:
            break
    return factor


def _meant(context: Context, expr: tree.Expr, *, rises: bool) -> list[Fix]:
    """`1.01%` as `1.01`, as `(1 + 1.01%)`; `101` as `101%`."""
    if not isinstance(expr, tree.Binary) or expr.operator != "*":
        return []
    number = next((part for part in (expr.right, expr.left) if isinstance(part, tree.Number)), None)
    if number is None or number.suffix not in ("%", "bp", ""):
        return []
    text = context.text(number.span)
    if number.suffix == "":
        likely = [f"{text}%"] if _LIKE_ONE[0] <= number.value / 100.0 <= _LIKE_ONE[1] else []
    else:
        bare = text.removesuffix(number.suffix)
        alone = not number.whole and _LIKE_ONE[0] <= float(bare.replace("_", "")) <= _LIKE_ONE[1]
        likely = [*([bare] if alone else []), f"(1 {'+' if rises else '-'} {text})"]
    return [replace(f"replace with `{instead}`", number.span, instead) for instead in likely]


# --- amounts ---------------------------------------------------------------------------------------


def thousands(reports: Reports, span: Span, text: str, follows: str = "") -> None:
    """`10.000` of money or units is ten of them, and hardly written so by whoever means ten.

    follows: what stands behind it; of `10.000.000` more is told already.
    """
    if _THOUSANDS.fullmatch(text) and follows != ".":
        meant = text.replace(".", "_")
        reports.warning("W211", f"`{text}` is {float(text):g}: the point is that of decimals", span,
                        fixes=[replace(f"replace with `{meant}`", span, meant)],
                        help=f"thousands are written `{meant}`")  # fmt: skip


_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.000")


# --- shares of the fill ----------------------------------------------------------------------------


def share(context: Context, level: Level, side: str) -> None:
    """`stop 98%` is 98 % away from the fill; 2 % may have been meant."""
    said, word = level.said, level.word
    if context.unit(said) is not Unit.RATIO or said.binding is Binding.SERIES:
        return
    least, most = bounds(said, context.param_ranges)
    under = level.gain == (side == "short")
    high = level.gain and side == "long"
    far = least > _NEARLY and most <= _BEYOND if high else least > _FAR
    if not far or (under and word != "trail" and least >= _NEARLY):  # what is never reached is told already
        return
    away = "below" if under else "above"
    context.reports.warning(
        "W507", f"this `{word}` lies more than {_NEARLY if high else _FAR:.0%} {away} the "
        f"{'best price' if word == 'trail' else 'fill'}", level.clause.span,
        notes=["a share counts from there, and is no level: 2% is 2 % away from it"],
        fixes=_distance(context, level.expr), help=f"for example `{word} 2%`",
    )  # fmt: skip


def _distance(context: Context, expr: tree.Expr) -> list[Fix]:
    """`98%` and `102%` as `2%`."""
    if not isinstance(expr, tree.Number) or expr.suffix != "%":
        return []
    away = abs(100.0 - float(context.text(expr.span)[:-1].replace("_", "")))
    return [replace(f"replace with `{away:g}%`", expr.span, f"{away:g}%")] if 0.0 < away <= _NEAR else []


# --- how long --------------------------------------------------------------------------------------


def lasting(context: Context, clause: tree.Clause, node: Node) -> bool:
    """Whether `expire` or `valid` can last so many bars or so long; a part of a bar is an error, less is told."""
    assert clause.value is not None
    if node.binding is Binding.SERIES:
        return True
    if node.kind != "const" and bounds(node, context.param_ranges)[0] <= 0.0:
        context.reports.error(
            "E206", f"`{clause.word}` can be 0 or less within the parameters' domains", clause.value.span,
            help="what lasts for no bar never works: give the parameter a domain, `param n = 3 in 1 to 20`",
        )  # fmt: skip
        return False
    if node.unit is not Unit.DURATION:
        return (is_whole(node) or _part_of_a_bar(context, clause, node)) and _counts_bars(context, clause)
    frame, longest = context.timeframe, bounds(node, context.param_ranges)[1]
    rests = clause.word == "valid"
    if frame is not None and (longest < frame.seconds or (rests and longest == frame.seconds)):
        if rests:  # bars that open before that time has passed: the next one, where no night or weekend lies before it
            after = "the order works on the next bar alone, and on none where that opens later, as after a weekend"
        else:
            after = "the lot leaves after one bar"
        context.reports.warning(
            "W508", f"this `{clause.word}` is {'no longer' if rests else 'shorter'} than a bar of {frame}: {after}",
            clause.value.span, notes=["time is looked at when a bar has closed"],
            fixes=[replace("replace with `1 bars`", clause.value.span, "1 bars")],
        )  # fmt: skip
    return True


def _counts_bars(context: Context, clause: tree.Clause) -> bool:
    """`valid 5` is taken as 5 bars, and told: it could be hours as well. A parameter has a name that says it."""
    if isinstance(clause.value, tree.Number):
        text = f"{context.text(clause.value.span)} bars"
        context.reports.warning(
            "W512", f"`{context.text(clause.span)}` is taken as {text}", clause.value.span,
            fixes=[replace(f"replace with `{text}`", clause.value.span, text, safe=True)],
        )  # fmt: skip
    return True


def _part_of_a_bar(context: Context, clause: tree.Clause, node: Node) -> bool:
    expr, value = clause.value, node.data[0] if node.kind == "const" else None
    assert expr is not None
    found = f", found {value:g}" if isinstance(value, float) else ""
    fixes = []
    if isinstance(value, float) and isinstance(expr, (tree.Number, tree.Bars)):
        near = dict.fromkeys(f"{max(1.0, n):g} bars" for n in (value // 1 + 1, value // 1))
        fixes = [replace(f"replace with `{count}`", expr.span, count) for count in near]
    help = "" if fixes else "write the parameter without a point, divide with `//`, or use `ceil(…)`"
    context.reports.error("E204", f"`{clause.word}` takes whole bars{found}", expr.span, fixes=fixes, help=help)
    return False
