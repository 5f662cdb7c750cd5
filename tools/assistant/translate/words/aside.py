"""What carries no trading meaning is set aside: fillers, and whole clauses of thanks, feelings and stories.

A clause goes as a whole only if nothing in it is a number, a series, a condition word, a side, an order word or a word
that turns a meaning. What goes and was no known filler is told. A condition of which only fillers are left, `when it
feels right`, is no condition: its words come back as not understood.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..tokens.token import Token
from .asked_words import ASKED
from .spelling import near

_ENDS = {"comma", "stopmark", "colon"}
_GREETED = ("thank", "thx", "cheers", "regards", "kind regards", "best regards", "many thanks", "have a ", "hope ")
_JOINS = {"so", "because", "cause", "since", "but", "though", "although", "however"}
_QUIET = {
    "filler", "unknown", "of", "in", "on", "by", "from", "to", "at", "and", "or", "then", "all", "both", "hi", "the",
    "back", "move", "turn", "per", "since", "shift", "style", "approx", "speed", "name", "today",
}  # fmt: skip
"""Kinds that say no number, series, condition, side or order by themselves."""
_SOFT = _QUIET | {"unclear", "unit", "num", "after", "before", "first", "cashword", "account", "losers", "px", "year"}
"""What may stand in a clause that tells what somebody noticed or read."""
_LEADS = {"when", "until", "unless"}
_PERSONS = set(
    "i i'm i've i'd i'll im ive my me mine we we're we've our us you you're your he she they their his her him them "
    "people everyone everybody someone somebody nobody who wife husband friend friends dad mom boss brother sister "
    "guy guys kids kid child children son daughter mother father grandma grandpa grandfather grandmother uncle aunt "
    "cousin "
    "colleague colleagues neighbour neighbor teacher mentor junior juniors client clients customer customers".split()
)
_OTHERS = set("people everyone everybody someone somebody nobody anyone anybody traders investors".split())
"""Of whom a condition may speak: `and everybody panics`."""
_SELF = _PERSONS - _OTHERS
_TELLS = set(
    "noticed notice heard hear read reading told says said manage managed learned learnt watched watching saw seen "
    "believe wonder wondering think thought remember promised found tested trusted struggle struggled lost dream "
    "noticing work works working worked sleep sleeping check checking look looking automate live lives lived born grew "
    "taught teach learning trying tried thinking lost blew typing type typed writing wrote write hate love got "
    "finished "
    "finish started begun woke came swears swear run runs retired shake dreaming dream bed rereading "
    "reread studying studied discovered spent stopped theory hobby losing tired burned burnt book "
    "video podcast coffee tea desk broker".split()
)
_PAST = set(
    "got finished started woke came saw blew lost used taught learned learnt read heard told spent found discovered "
    "bought "
    "tried wrote watched studied was were had ago".split()
)
"""What is over, and no rule."""
_WHEN = {"lastn", "third", "ordinal", "gluework", "yesterday", "day", "per", "first", "after", "before", "twice", "dur"}
"""When something of the past was."""
_TRADED = set(
    "trade trades trading traded position positions order orders entry entries signal signals chart charts market "
    "markets stock stocks price prices".split()
)
"""What is no story, even of the past."""
_UNABLE = {"never manage to", "never managed to", "can't bring myself to", "too scared to", "too lazy to", "afraid to"}
_SIZES = {"small", "big", "large", "nice", "huge", "tiny", "good", "steep", "wide"}
_WISHES = set("thanks thank thx cheers regards have wish wishing enjoy happy greetings hello hi hey good".split())
_SIGNED = set("thanks thank thx cheers regards yours sincerely faithfully".split())
_EVENTS = set(
    "came went got stuck stays remains kept keeps continues survives survived dried slowed steadied respected gave "
    "stands woke tanked flew confirmed".split()
)
"""What a price does in a part of a condition that names nobody and nothing else."""
_LIGHT = _PERSONS | set(
    "a an is are was be it its it's this that these those there the would should will can could to just please also so "
    "do does did has have had i'd not".split()
)
"""Words that are no condition, whoever says them."""


def set_aside(tokens: list[Token]) -> list[Token]:
    """Without fillers and clauses that say nothing of a trade; notes of what was no known filler at the end."""
    kept: list[Token] = []
    notes: list[Token] = []
    thanked = False
    last = next((token for token in reversed(tokens) if token.kind not in {"stopmark", "note"}), None)
    storied = True
    clauses = list(_clauses(tokens))
    framed = any(token.kind in {"timeframe", "frame", "chart", "period"} for token in tokens)
    for here, (clause, whole, fresh) in enumerate(clauses):
        clause = _without_reason(clause)
        following = [token for behind, _, _ in clauses[here + 1 : here + 4] for token in behind]
        if clause and clause[0].kind in _ENDS:
            storied = storied or clause[0].kind != "comma"
        elif clause:
            storied = (fresh or storied) and (_story(clause) or (fresh and _quiet(clause)))
        if thanked and len(clause) == 1 and clause[0] is last and last.kind == "unknown":
            notes.append(Token("note", f"Not read: '{clause[0].text}'."))
            continue  # who signs
        if clause and clause[0].kind not in _ENDS:
            thanked = bool(_words(clause) & _SIGNED) and _quiet(clause)
        quiet = _quiet(clause) and _goes(clause, whole) and not _event(clause)
        idle = _told(clause) or _wished(clause) or _denied(clause) or (storied and _story(clause))
        if quiet or idle or (fresh and _reason(clause, following)):
            kept += [token for token in clause if token.kind in {"and", "or", "ticker", "timeframe", "name", "frame"}]
            days = any(token.kind == "unit" and token.value == "d" for token in clause)
            if days and not (quiet or idle or framed):
                kept.append(Token("timeframe", "days", "1d"))  # of days it is spoken
            if any(token.kind not in {"filler", "and", "or", "in", "of", "to", "on", "at"} for token in clause):
                notes.append(Token("note", f"Not read: '{' '.join(token.text for token in clause)}'."))
        elif fresh and _believed(clause, following):
            kept += [Token("unknown", token.text) if token.kind in _RULES else token for token in clause]
        else:
            kept += _with_empty_conditions(clause)
    return [token for token in [*kept, *notes] if token.kind != "filler"]


def _without_reason(clause: list[Token]) -> list[Token]:
    """`Since I work full time`: why, and not from when on."""
    kinds = [token.kind for token in clause[:3]]
    if kinds[:1] == ["since"] and len(clause) > 1 and clause[1].text in _SELF and kinds[2:] != ["act"]:
        return clause[1:]
    return clause


def _clauses(tokens: list[Token]) -> Iterator[tuple[list[Token], bool, bool]]:
    """Stretches between marks and words that begin anew, each with whether it is a whole sentence, and whether it
    begins one; marks alone."""
    clause: list[Token] = []
    fresh = True
    for token in tokens:
        if token.kind in _ENDS:
            yield clause, fresh and token.kind == "stopmark", fresh
            yield [token], False, False
            clause, fresh = [], token.kind == "stopmark"
        elif clause and (token.text in _JOINS or (token.kind == "filler" and token.text.startswith(_GREETED))):
            yield clause, False, fresh
            clause, fresh = [token], False
        else:
            clause.append(token)
    yield clause, fresh, fresh


def _words(clause: list[Token]) -> set[str]:
    return {word for token in clause for word in token.text.split()}


def _quiet(clause: list[Token]) -> bool:
    return all(token.kind in _QUIET or (token.kind == "num" and token.text == "one") for token in clause)


def _wished(clause: list[Token]) -> bool:
    """Thanks, and have a lovely weekend."""
    said = all(token.kind in _QUIET | {"weekend", "unit", "today", "tomorrow", "unclear"} for token in clause)
    return said and bool(_words(clause) & _WISHES) and not any(token.kind == "unknown" for token in clause)


def _denied(clause: list[Token]) -> bool:
    """I don't really know how to code: what a person does not do, and no rule in it."""
    kinds = [token.kind for token in clause]
    rest = [token for token in clause if token.kind != "not"]
    if any(token.kind == "unknown" and token.text in ASKED for token in rest):
        return False
    return kinds.count("not") == 1 and bool(_words(rest) & _PERSONS) and _quiet(rest) and _goes(rest, whole=False)


def _goes(clause: list[Token], whole: bool) -> bool:
    """Whether it is of fillers, or of a person, or a sentence of its own, without a slip of a word that counts."""
    unknown = [token for token in clause if token.kind in {"unknown", "name"}]
    if not clause or clause[0].kind in _ENDS:
        return False
    if not unknown:
        return any(token.kind in {"filler", "shift"} for token in clause)
    if any(not token.text.isalpha() or near(token.text) for token in unknown):
        return False
    return whole or bool(_words(clause) & _PERSONS)


def _told(clause: list[Token]) -> bool:
    """What somebody noticed, read or was told: no rule, whatever it is about."""
    words = _words(clause)
    if not (words & _PERSONS and words & _TELLS):
        return False
    said = _SAYS & words and clause[0].text in _PERSONS
    held = said and not any(token.kind in {"when", "num", "bars", "dur"} for token in clause)
    return all(
        (token.kind in _SOFT | {"ticker"} and not token.text[:1].isdigit()) or _weak(clause, here)
        or (bool(held) and (token.text in {"hold", "holding", "keep"} or clause[here - 1].text == "too"))
        for here, token in enumerate(clause)
    )


_SAYS = set("told tells say says said heard read believe believes think thinks figured noticed learned rule".split())
_RULES = {"ser", "record", "above", "below", "orless", "ormore", "ind", "ma", "pct", "percentword", "when", "until"}


def _reason(clause: list[Token], following: list[Token]) -> bool:
    """`I've been told that after three down days they bounce, so let's buy after three lower closes`: what somebody
    says or believes, before `so` and a rule of its own."""
    words = _words(clause)
    if not (words & _PERSONS and words & _SAYS) or any(token.kind in {"act", *_RULES} for token in clause):
        return False
    return any(token.kind == "act" for token in _concluded(following))


def _believed(clause: list[Token], following: list[Token]) -> bool:
    """`They say that below the 200 sma nothing works, so buy when …`: with a value in it, it may be a part of the rule,
    or its contrary."""
    words = _words(clause)
    told = words & _PERSONS and words & _SAYS and not any(token.kind in {"act", "when"} for token in clause)
    rule = _concluded(following)
    leaves = (at for at, token in enumerate(rule) if token.kind == "act" and token.value in {"exit", "sell", "cover"})
    rule = rule[: next(leaves, len(rule))]
    compared = {"above", "below", "orless", "ormore", "moveup", "movedown", "cross"} & {token.kind for token in rule}
    return bool(told and compared) and any(token.kind == "act" for token in rule)


def _concluded(following: list[Token]) -> list[Token]:
    """What follows from it, behind `so`."""
    so = next((at for at, token in enumerate(following) if token.kind != "comma"), len(following))
    return following[so:] if following[so:] and following[so].text in {"so", "therefore", "hence"} else []


def _story(clause: list[Token]) -> bool:
    """What a person did, or how somebody lives: `I just got my first broker app last week`, `the kids are in bed by
    nine`. It begins a sentence, or goes on with such a beginning; when it was counts for nothing if it is over."""
    words = _words(clause)
    if not (words & _PERSONS and words & _TELLS) or words & _TRADED:
        return False
    allowed = _SOFT | {"ticker", "frame"} | (_WHEN if words & _PAST else set())
    return all(
        (token.kind in allowed and not token.text[:1].isdigit()) or token.text in _PAST or _weak(clause, here)
        for here, token in enumerate(clause)
    )


def _weak(clause: list[Token], here: int) -> bool:
    """`only check`, `small desk`, `ten years`: before what is no word of a trade, it narrows nothing."""
    token, after = clause[here], clause[here + 1] if here + 1 < len(clause) else clause[here]
    if here and clause[here - 1].text in _UNABLE:
        return True
    if token.kind == "only":
        return bool(set(after.text.split()) & _TELLS)
    if token.kind == "num":
        return after.kind in {"filler", "unknown", "unit", "num"}
    return token.kind == "unclear" and token.text in _SIZES and after.kind in {"filler", "unknown"}


def _event(part: list[Token]) -> bool:
    """`But came back inside`, `and went nowhere`: something that happens, of no person."""
    said = [token for token in part if token.kind not in {"and", "or", "then"} and not _words([token]) <= _LIGHT]
    own = bool(said) and said[0].kind == "filler" and said[0].text.split()[0] in _EVENTS
    return own and not _words(part) & _SELF and not any(token.kind == "unknown" for token in part)


def _with_empty_conditions(clause: list[Token]) -> list[Token]:
    """`when it feels right`: nothing is left of it, so that its words are to be asked about."""
    made: list[Token] = []
    start = 0
    conditional = any(token.kind in _LEADS for token in clause)
    while start < len(clause):
        end = start + 1
        while end < len(clause) and clause[end].kind not in {"act", "and", "or", "then", *_LEADS}:
            end += 1
        part = clause[start:end]
        made += _asked(part) if conditional and _empty(part) else part
        start = end
    return made


def _empty(part: list[Token]) -> bool:
    """A condition word, or a joining one and a quality, with fillers behind it and nothing else."""
    rest = part[1:]
    if not rest or not all(token.kind in _QUIET for token in rest):
        return False
    if not any(token.kind == "filler" and set(token.text.split()) - _LIGHT for token in rest):
        return False
    if part[0].kind in _LEADS or (_event(part) and not any(token.kind == "back" for token in part)):
        return True
    told = any(token.value in {"quality", "thing"} for token in rest if token.kind == "filler")
    return part[0].kind in {"and", "or"} and (told or bool(_words(part) & _OTHERS)) and not _words(part) & _SELF


def _asked(part: list[Token]) -> list[Token]:
    return [part[0], *(Token("unknown", token.text) if token.kind == "filler" else token for token in part[1:])]
