"""Slips in orders, their clauses and guards."""

from __future__ import annotations

from ..words.vocabulary import ENTER_CLAUSES, GUARD_ACTIONS, ORDERS, PERIODS
from . import reserved as later
from .slips import slip
from .stuck import CLAUSE_WORDS, Place

_SIDES = {"buy": "long", "bull": "long", "up": "long", "sell": "short", "bear": "short", "down": "short"}
_LEGS = {"short": "sell", "long": "buy"}
_CLAUSES = {
    "stop_loss": "stop", "stoploss": "stop", "sl": "stop",
    "take_profit": "target", "takeprofit": "target", "tp": "target", "profit": "target",
    "trailing_stop": "trail", "trailing": "trail",
    "quantity": "size", "qty": "size", "amount": "size",
    "pyramiding": "scale", "reason": "because", "comment": "because",
}  # fmt: skip


@slip
def order_without_side(place: Place) -> bool:
    """`enter when c`  `exit if c`  `cancel when c`"""
    if place.before.kind not in ORDERS or place.token.kind not in ("when", "if"):
        return False
    asked = place.token.kind == "if"
    sides = [place.replace(f"{side} when") if asked else place.insert(side) for side in ("long", "short")]
    return place.error("E015", f"`{place.before.kind}` does not say which side", fixes=sides, first=place.before,
                       help=f"for example `{place.before.kind} long when close > open`")  # fmt: skip


@slip
def order_side_of_another_name(place: Place) -> bool:
    """`enter buy when c`"""
    if place.before.kind not in ORDERS or place.token.text not in _SIDES:
        return False
    side = _SIDES[place.token.text]
    fix = place.replace(side, safe=place.before.kind == "enter" and place.token.text in ("buy", "sell"))
    return place.error("E015", f"a side is `long` or `short`, not `{place.token.text}`", fixes=[fix])


@slip
def leg_called_by_its_side(place: Place) -> bool:
    """`atomic when c short A size 50%`"""
    word = _LEGS.get(place.token.text, "")
    if not word or word not in place.wanted:
        return False
    return place.error("E015", f"a leg that is held {place.token.text} is `{word}`",
                       fixes=[place.replace(word, safe=True)], help=f"for example `{word} GLD size 50%`")  # fmt: skip


@slip
def scale_in(place: Place) -> bool:
    """`enter long when c scale in 3`"""
    words = ("in", "to", "by", "into", "up")
    if place.before.kind != "scale" or place.token.text not in words or place.after.kind != "NUMBER":
        return False
    fix = place.replace("scale", first=place.before, last=place.token, safe=True)
    return place.error("E018", "the number of further lots follows `scale` at once", first=place.before, fixes=[fix],
                       help="`scale 3` lets three lots be added to the first, each by its own decision")  # fmt: skip


@slip
def order_called_by_a_name(place: Place) -> bool:
    """`cancel dip when c`, `exit "L" when c`"""
    if place.before.kind not in ORDERS or place.token.kind not in ("NAME", "STRING") or place.after.kind != "when":
        return False
    if place.token.text.lower() in ("long", "short"):
        return False  # a keyword in capitals
    end = "; one entry alone ends by its clause `until`" if place.before.kind == "cancel" else ""
    return place.error("E015", f"orders have no names: `{place.before.kind}` is of a side, `long` or `short`",
                       fixes=[place.replace(side) for side in ("long", "short")],
                       help=f"for example `{place.before.kind} long when close > open`{end}")  # fmt: skip


@slip
def order_given_a_name(place: Place) -> bool:
    """`enter long when c limit 1% as dip`"""
    if place.token.kind != "as" or "because" not in place.wanted or place.after.kind not in ("NAME", "STRING"):
        return False
    name = place.after.text.strip('"')
    return place.error("E018", "orders have no names", last=place.after,
                       fixes=[place.replace(f'because "{name}"', last=place.after)],
                       help="`because` says in the result why it was placed; one entry alone ends by its clause "
                            "`until`, all of a side by `cancel long when …`")  # fmt: skip


@slip
def order_if(place: Place) -> bool:
    """`enter long if c`"""
    if not place.lacks_when or place.token.kind not in ("if", "on", ":", "="):
        return False
    return place.error("E015", "the condition of a statement follows `when`", fixes=[place.replace("when", safe=True)])


@slip
def clause_before_the_condition(place: Place) -> bool:
    """`enter long limit close * 0.99 when c`"""
    if not place.lacks_when or place.token.kind not in CLAUSE_WORDS - {"because", "once"}:
        return False
    when = next((i for i in range(place.index, place.rest_of_line(place.index)) if place.tokens[i].kind == "when"), 0)
    fixes = []
    if when > place.index + 1:
        last = place.tokens[place.rest_of_line(when)]
        clause, text = place.token, place.faults.text
        moved = text[clause.start : place.tokens[when - 1].end]
        edits = [(clause.start, place.tokens[when].start, ""), (last.end, last.end, f" {moved}")]
        fixes = [place.faults.fix(f"move `{moved}` behind the condition", *edits, safe=True)]
    return place.error("E018", "clauses follow the condition", fixes=fixes,
                       help="for example `enter long when close > open limit close - atr(14)`")  # fmt: skip


@slip
def after_without_its_level(place: Place) -> bool:
    """`enter long when c after 5 bars`, `exit long when c after 1r`"""
    if place.token.kind != "after" or "because" not in place.wanted:
        return False
    return place.error(
        "E001", "`after` stands behind the level of a `stop` or a `trail`",
        help="`stop 0r after 1r` begins to work once the price has touched that level; a lot is left after some time "
        "with `expire 5 bars`",
    )  # fmt: skip


@slip
def clause_given_a_value(place: Place) -> bool:
    """`stop = 2%`  `size: 50%`"""
    if place.word not in ("enter", "exit", "rebalance") or place.before.kind not in CLAUSE_WORDS:
        return False
    if place.token.kind not in ("=", ":"):
        return False
    return place.error("E018", f"what `{place.before.text}` takes follows at once, without `{place.token.text}`",
                       fixes=[place.replace("", safe=True)])  # fmt: skip


@slip
def weight_of_one_symbol(place: Place) -> bool:
    """`weight SPY 60%`  `weight SPY = 60%`  `weight of SPY: 60%`"""
    given = place.token.kind in ("=", ":")
    if place.word != "rebalance" or place.before.kind not in ("NAME", "STRING"):
        return False
    if place.at(-2).kind == "of" and place.at(-3).kind == "weight" and given:
        fix = place.replace("", safe=True)
    elif place.at(-2).kind == "weight" and (given or place.token.kind == "NUMBER"):
        fix = place.replace(f"of {place.before.text}", first=place.before, last=place.token if given else place.before,
                            safe=True)  # fmt: skip
    else:
        return False
    return place.error("E018", "the weight of one symbol says `of` which, and then how much", fixes=[fix],
                       help="for example `weight of SPY 60%`")  # fmt: skip


@slip
def money_without_a_time(place: Place) -> bool:
    """`deposit 500 cash`"""
    if place.word not in ("deposit", "withdraw") or not {"when", "NAME"} <= place.wanted:
        return False
    return place.error("E022", f"`{place.word}` does not say when", first=place.before, last=place.before,
                       help=f"each period, `{place.word} 500 cash monthly` ({', '.join(PERIODS)}), or by a condition, "
                            f"`{place.word} 500 cash when close > open`")  # fmt: skip


@slip
def transfer_between_accounts(place: Place) -> bool:
    """`sequence when c sell A size 10% transfer 500 cash`"""
    if place.token.text != "transfer" or "because" not in place.wanted:
        return False
    return place.error("E901", "`transfer` is not available yet", help="a program has one account, so that what "
                       "an instruction brings is there for the next: leave it out; between strategies of a portfolio "
                       "nothing moves, `share` says what each begins with")  # fmt: skip


@slip
def clauses_parted_by_commas(place: Place) -> bool:
    """`enter long when c, size 50%`"""
    if place.token.kind != "," or place.after.kind not in CLAUSE_WORDS or place.bracket():
        return False
    return place.error("E018", "clauses follow each other without a `,`", fixes=[place.replace("", safe=True)])


@slip
def clauses_in_braces(place: Place) -> bool:
    """`enter long when c { stop = 2% }`"""
    if place.token.kind != "{" or place.after.kind not in CLAUSE_WORDS or "stop" not in place.wanted:
        return False
    edits: list[tuple[int, int, str]] = []
    for index in range(place.index, len(place.tokens) - 1):
        before, token, following = place.tokens[index - 1 : index + 2]
        sign = token.kind in ("=", ":") and before.kind in CLAUSE_WORDS
        comma = token.kind == "," and following.kind in (*CLAUSE_WORDS, "}")
        if sign or comma or token.kind in ("{", "}"):
            edits.append((token.start, token.end, ""))
        if token.kind == "}":
            break
    closed = place.faults.text[edits[-1][0]] == "}"
    fixes = [place.faults.fix("leave out the braces", *edits)] if closed else []
    return place.error("E018", "clauses follow the condition at once, without braces", fixes=fixes,
                       help="for example `enter long when close > open stop 2% target 3%`")  # fmt: skip


@slip
def two_word_clause(place: Place) -> bool:
    """`stop loss 2%`  `take profit 3%`"""
    words = (place.at(-2).text, place.before.text)
    clause = {("stop", "loss"): "stop", ("take", "profit"): "target", ("trailing", "stop"): "trail"}.get(words)
    if clause is None:
        return False
    fix = place.replace(clause, first=place.at(-2), last=place.before)
    return place.error("E021", f"this clause is called `{clause}`", first=place.at(-2), last=place.before, fixes=[fix])


@slip
def clause_of_another_name(place: Place) -> bool:
    """`stop_loss 2%`"""
    clause = _CLAUSES.get(place.token.text)
    if clause is None or clause not in place.wanted:
        return False
    if place.token.text == "trailing" and place.after.text == "stop":
        fix = place.replace("trail", last=place.after)
        return place.error("E021", "this clause is called `trail`", last=place.after, fixes=[fix])
    return place.error("E021", f"this clause is called `{clause}`", fixes=[place.replace(clause)])


@slip
def clauses_joined(place: Place) -> bool:
    """`stop 2% and target 4%`, `stop 2% with target 4%`"""
    joint = place.at(-2) if place.before.text in ENTER_CLAUSES else place.token
    named = place.before if joint is not place.token else place.after
    if place.word not in ("enter", "exit") or joint.text not in _JOINTS or named.text not in ENTER_CLAUSES:
        return False
    return place.error("E018", f"clauses follow each other without `{joint.text}`", first=joint, last=joint,
                       fixes=[place.replace("", first=joint, last=joint, safe=True)])  # fmt: skip


_JOINTS = ("and", "or", "with", "plus", "then", "&")


@slip
def take_without_a_level(place: Place) -> bool:
    """`take 4%`, `take 50% 4%`"""
    if "at" not in place.wanted or place.word != "enter":
        return False
    taken = next((token for token in reversed(place.tokens[: place.index]) if token.kind == "take"), None)
    if taken is None:
        return False
    second = place.token.kind == "NUMBER"
    fix = place.insert("at") if second else place.replace("target", first=taken, last=taken)
    return place.error("E022", "`take` does not say at which level", first=taken, last=place.before, fixes=[fix],
                       help="`take 50% at 1r` is a part of the lot; all that is left leaves at a `target`")  # fmt: skip


@slip
def guard_without_then(place: Place) -> bool:
    """`guard drawdown 20% halt`"""
    if place.word != "guard" or place.token.text not in GUARD_ACTIONS or "then" not in place.wanted:
        return False
    return place.error("E022", "the action of a guard follows `then`", fixes=[place.insert("then", safe=True)])


@slip
def guard_until_without_then(place: Place) -> bool:
    """`guard drawdown 20% until month`"""
    if place.word != "guard" or place.token.kind != "until" or "then" not in place.wanted:
        return False
    return place.error("E022", "what a guard does until it is reset follows `then`",
                       fixes=[place.insert("then halt")],
                       help="`then halt until month` takes no new risk until the month ends, `then flatten until "
                            "month` closes everything besides")  # fmt: skip


@slip
def guard_with_a_comparison(place: Place) -> bool:
    """`guard drawdown > 20%`"""
    if place.at(-2).kind != "guard" or place.token.kind not in ("<", "<=", ">", ">=", "=", ":"):
        return False
    return place.error("E018", "the limit of a guard follows its name at once", fixes=[place.replace("", safe=True)],
                       help="for example `guard drawdown 20%`")  # fmt: skip


@slip
def value_when(place: Place) -> bool:
    """`let a = close when up`"""
    if place.token.kind != "when" or place.wanted & {"when"} or "+" not in place.wanted:
        return False
    later.report(place.faults, "when", place.token.start, place.token.end)
    return True
