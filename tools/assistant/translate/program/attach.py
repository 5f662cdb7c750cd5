"""Which condition belongs to which action: `buy when …`, `… = buy`, `if …, sell`."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..conditions.exclusions import EXCLUDING
from ..orders.own_sides import SIDED, Owned, by_side, owned
from ..tokens.token import Condition, Joined, Plain, Token, asked
from .led_pairs import without_headings
from .setting_frames import frames_a_setting

ENTRIES = {"long", "short", "fade"}
EXITS = {"exit", "sell", "cover"}
SIDES = ENTRIES | EXITS
_LOOSE = {
    "of", "in", "on", "from", "to", "and", "open", "shut", "hi", "rest", "at", "all", "chart", "back", "by",
    "set", "per", "both", "perclip", "today", "sizeword",
}


_TRADES = {"trades", "trading", "trade", "entries", "entry", "buys", "buying", "new"}
_REST = {"in", "from", "to", "back", "by"}
"""Small words that say where a price goes, if nothing else is left of the words around them."""
_WHERE = {"moc", "moo"}
"""`Buy at the close when …`: where it is done stands between the action and its condition."""
_OWN = {"trigger", "limit_off", "ladder", "part"}
"""Settings of orders that rest, and parts that are sold: of the action before them alone."""
_OF_EXITS = {"limit", "limit_at", "valid"}
"""Settings that an order of the way out has of its own, where it rests."""


@dataclass(slots=True)
class Act:
    """An action with what is said of it alone. `conditions` with the word before each."""

    side: str
    text: str
    sentence: int
    conditions: list[tuple[str, Condition]] = field(default_factory=list)
    this_close: bool = False
    settings: list[Token] = field(default_factory=list)
    otherwise: bool = False
    only: bool = False  # `only buy when`: what narrows the entry that is said already
    bare: bool = False  # a stop, at the most, is said behind it, and nothing that ends a trade in gain

    def condition(self) -> Condition | None:
        """All of them as one; None where there is none."""
        groups = [_joined(group) for group in self._groups()]
        if not groups:
            return None
        return groups[0] if len(groups) == 1 else Joined("or", tuple(groups))

    def _groups(self) -> list[list[tuple[str, Condition]]]:
        """What has to hold together: of an exit `…, or if …` begins anew, and takes what follows with it."""
        groups: list[list[tuple[str, Condition]]] = []
        for word, part in self.conditions:
            if not groups or word == "or when":
                groups.append([])
            groups[-1].append((word, part))
        return groups

    @property
    def mixed(self) -> bool:
        """`a and b or c`: who is to be taken first is not said."""
        return any(len({word.split()[0] for word, _ in group[1:]}) > 1 for group in self._groups())


def _joined(group: list[tuple[str, Condition]]) -> Condition:
    parts = tuple(part for _, part in group)
    if len(parts) == 1:
        return parts[0]
    return Joined("or" if all(word.startswith("or") for word, _ in group[1:]) else "and", parts)


@dataclass(slots=True)
class Attached:
    acts: list[Act] = field(default_factory=list)
    filters: list[tuple[str, Condition]] = field(default_factory=list)
    sided: list[tuple[str, Condition]] = field(default_factory=list)  # filters of one side
    rules: list[tuple[Token, int]] = field(default_factory=list)
    exit_filters: list[Condition] = field(default_factory=list)
    loose: list[tuple[str, Condition]] = field(default_factory=list)
    settings: list[Token] = field(default_factory=list)
    modes: set[str] = field(default_factory=set)
    leftovers: list[tuple[Token, Act | None]] = field(default_factory=list)
    said: dict[int, set[str]] = field(default_factory=dict)  # names of settings by sentence
    owned: list[Owned] = field(default_factory=list)  # settings that a side may have of its own


def sentences(tokens: list[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "stopmark":
            found.append([])
        else:
            found[-1].append(token)
    return [each for each in found if each]


def attached(tokens: list[Token]) -> Attached:
    result = Attached()
    for number, sentence in enumerate(sentences(_shared(_headed(tokens)))):
        _sentence(sentence, number, result)
    _ruled(result)
    _narrowed(result)
    _shared_out(result)
    return result


def _shared_out(result: Attached) -> None:
    """What each side has of its own goes to its entry."""
    entries = [act for act in result.acts if act.side in {"long", "short"}]
    if {act.side for act in entries} != {"long", "short"}:
        return
    for side, tokens in by_side(result.owned).items():
        own = [act for act in entries if act.side == side]
        for act in [each for each in own if each.conditions] or own[:1]:
            act.settings += tokens
        names = {token.value.name for token in tokens}
        result.settings = [each for each in result.settings if not any(each is token for token in tokens)]
        for said in result.said.values():
            said -= names


def _ruled(result: Attached) -> None:
    """Filters of one side; `longs only above the average`, where nothing else says when it goes long, is the entry."""
    entered = {act.side for act in result.acts if act.side in ENTRIES}
    for token, number in result.rules:
        side, condition, wanted = token.value
        neutral = [act for act in result.acts if act.conditions and _neutral(act)]
        if wanted and side not in entered and neutral:
            result.modes.add("both")  # `longs only above it, shorts only below it; entry: the MACD crosses its signal`
            result.sided.append((side, condition))
        elif wanted and side not in entered and not result.modes & {"both", "flip", "mirror"}:
            result.acts.append(Act(side, token.text, number, [("and", condition)]))
        else:
            result.sided.append((side, condition))


def _neutral(act: Act) -> bool:
    """An entry of no side of its own, on a cross whose way is not said."""
    undirected = any(getattr(each, "op", "") == "cross" for _, each in act.conditions)
    return act.text.split()[:1] in (["entry"], ["entries"], ["enter"], ["entering"]) and undirected


def _of_any(act: Act) -> bool:
    """`take trades`, `enter positions`: of which side is not said."""
    last = act.text.split()[1:][-1:]
    return last in (["trades"], ["positions"], ["entries"]) or (act.only and last in (["trade"], ["position"]))


def _only_filters(act: Act) -> bool:
    """`entries 9:45-11:30 only`: a time or a day, and nothing that happens."""
    return bool(act.conditions) and all(isinstance(c, Plain) and c.filter for _, c in act.conditions)


def _narrowed(result: Attached) -> None:
    """`Buy when …; only buy if …`: the second narrows the first."""
    entries = [act for act in result.acts if act.side in ENTRIES]
    full = [act for act in entries if act.conditions and not _only_filters(act)]
    for act in entries:
        neutral = act.text.split()[:1] in (["entries"], ["entry"], ["enter"], ["entering"], ["buys"], ["purchases"])
        if _only_filters(act) and full and (neutral or act.only or act.side == full[0].side):
            result.filters += act.conditions
            result.acts.remove(act)
    for act in [each for each in result.acts if (each.only or _of_any(each)) and each.side in ENTRIES]:
        others = [each for each in result.acts if each is not act and each.side in ENTRIES and each.conditions]
        if any(each.side == act.side or _of_any(act) for each in others):
            result.filters += act.conditions
            result.acts.remove(act)


_STATES = {
    "uptrend", "downtrend", "up trend", "down trend", "trend", "strong trend", "quiet", "choppy", "volatile", "calm",
    "strong", "weak", "range bound", "sideways", "bull market", "bear market", "bullish market", "bearish market",
    "bullish trend", "bearish trend", "flat market", "high volatility", "low volatility", "volatility", "consolidation",
}  # fmt: skip
"""What a heading says of the market narrows the rule behind it, `uptrend: buy when …`."""


def _headed(tokens: list[Token]) -> list[Token]:
    """Without headings: `Signal:`, `short the pops:` …"""
    kept: list[Token] = []
    for here, token in enumerate(tokens):
        after = next((each.kind for each in tokens[here + 1 :] if each.kind != "unclear"), "end")
        heads = here == 0 or tokens[here - 1].kind not in {"and", "or", "cond", "op", "event", "not", "no"}
        if heads and after == "colon" and token.kind in {
            "part", "unclear", "fallnoun", "gap", "chart", "params", "family", "otherwise", "ind"
        } and not (token.text in _STATES and (here == 0 or tokens[here - 1].kind == "stopmark")):
            continue
        kept.append(token)
    return kept


def _shared(tokens: list[Token]) -> list[Token]:
    """`If the last bar was inside: above its high, go long; below its low, go short`: of both."""
    made: list[Token] = []
    heading: list[Token] = []
    start = 0
    for here, token in enumerate(tokens):
        made.append(token)
        if token.kind == "colon" and here - start > 1 and tokens[start].kind == "when":
            led = tokens[start + 1 : here]
            plain = all(each.kind in {"cond", "and"} for each in led) and any(each.kind == "cond" for each in led)
            heading = led if plain else []
        elif token.kind == "stopmark":
            start = here + 1
            after = tokens[start].kind if start < len(tokens) else "end"
            heading = heading if token.text == ";" and after == "cond" else []
            made += [*heading, Token("and", "and")] if heading else []
    return made


def _sentence(sentence: list[Token], number: int, result: Attached) -> None:
    sentence = without_headings(sentence)
    places: dict[int, Act] = {}
    for here, token in enumerate(sentence):
        if token.kind != "act":
            continue
        if token.value not in SIDES:
            result.modes.add(token.value)
            continue
        token = _left_too(token, [places[place] for place in places])
        last = result.acts[-1] if result.acts else None
        repeated = (
            last and last.side == token.value and not last.conditions
            and not _condition_between(sentence, places, here)
        )
        places[here] = last if last and repeated else Act(token.value, token.text, number)
        places[here].only |= not repeated and (_only_led(sentence, here) or sentence[max(here - 1, 0)].kind == "only")
        if not repeated:
            result.acts.append(places[here])
    for here, token in enumerate(sentence):
        _place(token, here, sentence, places, result, number)
    _share_heading(sentence, places)
    for here, act in places.items():
        act.bare = act.side in EXITS and not act.conditions and not _ended(sentence, here)


def _only_led(sentence: list[Token], here: int) -> bool:
    """`Long X only if …; entry …`: what has to hold beside the entry that is said elsewhere."""
    behind = [token for token in sentence[here + 1 : here + 3] if token.kind != "ticker"]
    return bool(behind) and behind[0].kind == "when" and behind[0].value == "only"


def _left_too(token: Token, before: list[Act]) -> Token:
    """`exit longs on …, shorts on …`: they are left, too."""
    if token.text not in {"longs", "shorts", "long", "short"} or not before or before[-1].side not in EXITS:
        return token
    other = "short" if token.text.startswith("long") else "long"
    named = before[-1].text.removesuffix("s").endswith(other)
    return Token("act", token.text, "cover" if other == "long" else "sell") if named else token


def _ended(sentence: list[Token], here: int) -> bool:
    """Whether the sentence says itself when a bare `sell` is: after an age, or at the levels that follow."""
    aged = any(token.kind == "set" and token.value.name == "expire" for token in sentence[:here])
    after = next((token for token in sentence[here + 1 :] if token.kind not in {"comma", "colon", "when"}), None)
    direct = here + 1 < len(sentence) and sentence[here + 1].kind not in {"comma", "colon"}
    names = {"target", "take", "expire", *(("stop",) if direct else ())}
    return aged or (after is not None and after.kind == "set" and after.value.name in names)


def _condition_between(sentence: list[Token], places: dict[int, Act], here: int) -> bool:
    first = max(places, default=-1)
    return any(
        token.kind == "cond" for token in sentence[first + 1 : here]
    ) if first >= 0 else sentence[0].kind == "cond"


def _place(
    token: Token, here: int, sentence: list[Token], places: dict[int, Act], result: Attached, number: int
) -> None:  # fmt: skip
    near = _act(here, sentence, places)
    if token.kind == "cond":
        word = _word_before(sentence, here)
        if near is not None and _before_an_exit(sentence, here, places, result):
            result.loose.append((word, token.value))
        elif near is not None and _narrows(sentence, here, near, places):
            result.filters.append((word, token.value))
        elif near is not None and near.side in EXITS and _limits(sentence, here, near):
            near.conditions.append((word, Plain(asked("definition", OF_WHICH.format(said=token.text.lstrip(', '))))))
        elif near is not None:
            near.conditions.append((word, token.value))
        elif result.acts and not places and not result.acts[-1].conditions and sentence[0].kind in {"when", "cond"}:
            result.acts[-1].conditions.append((word, token.value))
        elif not places and getattr(token.value, "op", "") == "at":
            result.leftovers.append((token, near))  # `at the upper band.`: what is done there?
        elif not places and (result.acts or any(each.kind == "only" for each in sentence)):
            result.filters.append((word, token.value))
        else:
            result.loose.append((word, token.value))
    elif token.kind == "filter":
        result.filters.append(("and", token.value))
    elif token.kind == "sidefilter":
        result.rules.append((token, number))
    elif token.kind == "exitfilter":
        result.exit_filters.append(token.value)
    elif token.kind == "set":
        behind = [place for place in places if place < here]
        last = places[max(behind)] if behind else None
        rests = last is not None and last.side in EXITS and token.value.name in _OF_EXITS and (
            token.value.name != "valid" or any(each.value.name.startswith("limit") for each in last.settings)
        )  # fmt: skip
        own = last if token.value.name in _OWN or rests else None
        (own.settings if own else result.settings).append(token)
        result.said.setdefault(number, set()).add(token.value.name)
        if token.value.name in SIDED:
            result.owned.append(owned(sentence, here))
    elif token.kind == "moo":
        if any(each.kind == "cond" and "weekday" in str(each.value) for each in sentence):
            result.leftovers.append((token, near))  # the open of that day is over when its bar decides
    elif token.kind == "moc":
        behind = [place for place in places if place < here]
        target = places[max(behind)] if behind else None
        if target:
            target.this_close = True
        else:
            result.leftovers.append((token, near))
    elif token.kind == "otherwise":
        before = next((i for i in range(here - 1, -1, -1) if sentence[i].kind not in _LOOSE), -1)
        exits = [places[i] for i in (before, here + 1) if i in places and places[i].side in EXITS]
        entered = places.get(here + 1)
        if exits and not exits[-1].conditions:
            exits[-1].otherwise = True
        elif entered and entered.side in ENTRIES and _other_entry(sentence, here, entered, result):
            entered.otherwise = True
        elif not _decorative(sentence, here, places):
            result.leftovers.append((token, near))
    elif token.kind not in {
        "act", "comma", "colon", "arrow", "when", "then", "may", "let", "note"
    } and not (_weak(token, here, sentence) or frames_a_setting(sentence, here)):
        result.leftovers.append((token, near))


def _other_entry(sentence: list[Token], here: int, entered: Act, result: Attached) -> bool:
    """`…, otherwise short`: whenever the other side does not hold."""
    ends = here + 2 >= len(sentence) or sentence[here + 2].kind in {"comma", "note"}
    others = [act for act in result.acts if act.side in ENTRIES and act is not entered and act.conditions]
    return ends and len(others) == 1 and {entered.side, others[0].side} == {"long", "short"}


def _before_an_exit(sentence: list[Token], here: int, places: dict[int, Act], result: Attached) -> bool:
    """`close above X, exit close below Y`: the first is of an entry that nobody names."""
    entered = any(act.side in ENTRIES for act in result.acts)
    after = min((place for place in places if place > here), default=None)
    if entered or after is None or any(place < here for place in places) or places[after].side not in EXITS:
        return False
    parted = any(token.kind == "comma" for token in sentence[here:after])
    return parted and any(token.kind == "cond" for token in sentence[after + 1 : after + 3])


OF_WHICH = "'{said}': does that hold for entries, for the way out, or for both?"


def _limits(sentence: list[Token], here: int, near: Act) -> bool:
    """`Sell when …, but not in August`: a time that is excluded, or the only one, behind what leaves."""
    token = sentence[here]
    if not getattr(token.value, "filter", False):
        return False
    only = "only" in (sentence[here - 1].kind, *token.text.split())
    return (only and bool(near.conditions)) or bool(EXCLUDING.match(token.text))


def _of_entries(sentence: list[Token], here: int) -> bool:
    """`…, only when the price is above`: behind a comma, it is of what is entered."""
    led = sentence[max(here - 2, 0) : here]
    if "position." in repr(sentence[here].value):
        return False  # what is paid is known once it is held
    if not any(token.kind == "act" and token.value not in EXITS for token in sentence[:here]):
        return False  # `I'm out after three lower closes, but only if …`: the sentence enters nothing
    before = [token.kind for token in sentence[max(here - 4, 0) : here]]
    if "comma" in before and ("only" in before[before.index("comma") :] or "all" in before[before.index("comma") :]):
        return True
    timed = getattr(sentence[here].value, "filter", False) and bool(led)
    if timed and (led[-1].kind == "comma" or led[-1].text == "but" or EXCLUDING.match(sentence[here].text)):
        return True
    return [token.kind for token in led] == ["comma", "when"] and led[1].value == "only"


def _narrows(sentence: list[Token], here: int, near: Act, places: dict[int, Act]) -> bool:
    """Whether a condition is of every entry, behind whatever it stands."""
    if near.side in EXITS and (_of_entries(sentence, here) or _forbids(sentence[here])):
        return True
    return _of_both(sentence, here, places)


def _of_both(sentence: list[Token], here: int, places: dict[int, Act]) -> bool:
    """`Buy stop at its high, sell stop at its low, only when flat`: behind a comma, of the entries of both sides."""
    before = [act.side for place, act in places.items() if place < here]
    led = sentence[max(here - 2, 0) : here]
    kinds = [token.kind for token in led]
    apart = kinds[1:] == ["comma"] and sentence[here].text.split()[:1] == ["only"]
    apart |= kinds == ["comma", "only"] or (kinds == ["comma", "when"] and led[1].text.startswith("only"))
    return apart and before[-2:] in (["long", "short"], ["short", "long"]) and not any(p > here for p in places)


def _forbids(token: Token) -> bool:
    """`No trades before 10:00`: of entries, behind whatever it stands."""
    words = set(token.text.split()[:3])
    denied = words & {"no", "never", "not", "don't", "dont"}
    return getattr(token.value, "filter", False) and bool(denied) and bool(words & _TRADES)


def _decorative(sentence: list[Token], here: int, places: dict[int, Act]) -> bool:
    """`otherwise, buy when …` joins only."""
    after = next((i for i in range(here + 1, len(sentence)) if sentence[i].kind != "comma"), -1)
    return here == 0 or (after in places and places[after].side in ENTRIES)


def _weak(token: Token, here: int, sentence: list[Token]) -> bool:
    """Words that join, where what they join has been understood."""
    if token.kind in {"after", "first"}:
        before = sentence[here - 1].kind if here else ""
        after = sentence[here + 1].kind if here + 1 < len(sentence) else ""
        return after == "set" or (after == "cond" and before != "cond")
    if token.kind == "op" and token.value == "at":
        return sentence[here + 1 : here + 2] != [] and sentence[here + 1].kind in {"set", "cond"}
    if token.kind == "plusmark":
        return 0 < here < len(sentence) - 1 and sentence[here - 1].kind == sentence[here + 1].kind == "cond"
    if token.kind == "only":
        return any(
            sentence[i].kind in {"cond", "set", "when", "act"} for i in (here - 1, here + 1) if 0 <= i < len(sentence)
        )
    if token.kind == "or":
        kinds = {
            next((t.kind for t in side if t.kind not in _LOOSE - {"set"}), "when") for side in _sides(sentence, here)
        }
        return kinds <= {"cond", "set", "when", "comma"}
    return token.kind in _LOOSE and not _of_event(here, sentence)


def _of_event(here: int, sentence: list[Token]) -> bool:
    """`Crossed it, and back from there`: small words alone behind a condition are what is left of a second one."""
    start = next((i for i in range(here, -1, -1) if sentence[i].kind not in _REST), -1)
    end = next((i for i in range(here, len(sentence)) if sentence[i].kind not in _REST), len(sentence))
    joined = start > 0 and sentence[start].kind in {"and", "then"} and sentence[start - 1].kind == "cond"
    return joined and (end == len(sentence) or sentence[end].kind in {"comma", "note", "colon"})


def _sides(sentence: list[Token], here: int) -> tuple[list[Token], list[Token]]:
    return sentence[:here][::-1], sentence[here + 1 :]


def _word_before(sentence: list[Token], here: int) -> str:
    """and, or; `or when` where a condition word follows, so that all behind it belongs together."""
    for place in range(here - 1, -1, -1):
        if sentence[place].kind == "or":
            return "or when" if sentence[place + 1].kind == "when" else "or"
        if sentence[place].kind in {"cond", "act"}:
            return "and"
    return "and"


def _act(here: int, sentence: list[Token], places: dict[int, Act]) -> Act | None:
    """The action that a token at `here` goes with."""
    before = max((place for place in places if place < here), default=None)
    after = min((place for place in places if place > here), default=None)
    if before is None or after is None:
        place = before if after is None else after
        return None if place is None else places[place]
    return places[after if _forward(here, before, after, sentence, places) else before]


def _forward(here: int, before: int, after: int, sentence: list[Token], places: dict[int, Act]) -> bool:
    between = [token.kind for token in sentence[before + 1 : here] if token.kind not in _WHERE]
    ahead = [t.kind for t in sentence[here + 1 : after] if t.kind not in _LOOSE]
    follows = [token.kind for token in sentence[after + 1 :] if token.kind not in _WHERE][:1]
    if not (ahead and ahead[-1] == "arrow") and not _led(sentence, before) and _owns(sentence, before, after):
        return False
    if between in (["when"], ["on"]) and not _led(sentence, before):
        return False
    if (not between or between[0] in {"cond", "colon"}) and not places[before].conditions:
        return False
    if "when" in between[:2] and "comma" not in between and not places[before].conditions:
        return False
    if ahead and ahead[-1] in {"arrow", "then"}:
        return True
    starts_with_condition = next(
        (t.kind for t in sentence if t.kind == "cond" or (t.kind == "act" and t.value in SIDES)), ""
    ) == "cond"
    if starts_with_condition:
        return (follows != ["when"] and follows != ["cond"]) or "comma" in between
    led = "when" in between and ("comma" in between or "and" in between)
    return led and all(
        kind in {"comma", "cond", "and"} for kind in ahead
    ) and follows != ["when"] and follows != ["cond"]


def _owns(sentence: list[Token], before: int, after: int) -> bool:
    """`buy when a and b, exit on c`: both have what is theirs behind them."""
    return _followed(sentence, before) and _followed(sentence, after)


def _followed(sentence: list[Token], act: int) -> bool:
    """Whether a condition stands right behind an action, as `when` or `on` says it."""
    kinds = [token.kind for token in sentence[act + 1 :] if token.kind not in _WHERE][:3]
    return kinds[:1] == ["cond"] or (kinds[:1] in (["when"], ["on"]) and "cond" in kinds[1:3])


def _led(sentence: list[Token], before: int) -> bool:
    """Whether the condition of an action stands right before it: `= buy when …` belongs to nobody else."""
    return before > 0 and sentence[before - 1].kind in {"arrow", "then"}


def _share_heading(sentence: list[Token], places: dict[int, Act]) -> None:
    """`NR7: buy stop over its high, sell stop under its low`: the condition is of both."""
    entries = [act for act in places.values() if act.side in ENTRIES]
    if len(sentence) > 1 and sentence[0].kind == "cond" and sentence[1].kind == "colon" and len(entries) == 2:
        heading = [each for each in entries[0].conditions if each[1] is sentence[0].value]
        for act in entries:
            if not any(each[1] is sentence[0].value for each in act.conditions):
                act.conditions = [*heading, *act.conditions]
        return
    sides = {act.side for act in entries}
    if len(entries) == 2 and sides == {"long", "short"} and all(act.settings for act in entries):
        first = min(places)
        led = {id(token.value) for token in sentence[:first] if token.kind == "cond"}
        if not entries[1].conditions and led and {id(each) for _, each in entries[0].conditions} <= led:
            entries[1].conditions = list(entries[0].conditions)
