"""The letters of a request as tokens: numbers, marks, and words by the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..letters.around import AROUND
from ..letters.bar_turns import BAR_TURNS
from ..letters.bracket_turns import BRACKET_TURNS
from ..letters.calendar_turns import CALENDAR_TURNS
from ..letters.desk_turns import DESK_TURNS
from ..letters.endings import ENDINGS
from ..letters.exit_turns import EXIT_TURNS
from ..letters.foreign_turns import NONNATIVE
from ..letters.forms import FORMS
from ..letters.ladder_turns import LADDER_TURNS
from ..letters.layout import LAYOUT
from ..letters.leaving_turns import LEAVING_TURNS
from ..letters.level_turns import TURNS
from ..letters.limit_turns import COST_TURNS, LIMIT_TURNS, SIZE_TURNS
from ..letters.manner_turns import MANNER_TURNS
from ..letters.occasions import OCCASIONS
from ..letters.order_turns import ORDER_TURNS
from ..letters.passive_turns import PASSIVE_TURNS
from ..letters.portfolio_turns import PORTFOLIO_TURNS
from ..letters.reworded import REWORDED
from ..letters.rewriting import Turns, rewritten
from ..letters.spec_turns import SPEC_TURNS
from ..letters.talk_turns import TALK
from ..letters.trend_turns import TREND_TURNS
from ..letters.trend_words import TREND_WORDS
from ..tokens.token import Token
from .decimal_marks import decimal_commas, with_decimals
from .spelling import corrected, guessed
from .tickers import ABBREVIATIONS, COMMON, INDICES, NAMES
from .vocabulary import by_second, phrases, words
from .voiced_words import VOICED

_DAY = r"(mon|tue|wed|thu|fri|sat|sun)"


def _thousands(match: re.Match[str]) -> str:
    """1.5k, 20k."""
    return f"{float(match[1]) * 1000:.0f}" if len(match[1]) <= _MOST_DIGITS else match[0]


_MOST_DIGITS, _SHOWN = 15, 24
"""A number of more digits is none that a strategy has, and not one that a float64 tells from the next."""


def _unnumbered(match: re.Match[str]) -> str:
    """A list with `1) … 2) …`: its numbers are none; what stands in brackets stays."""
    return match[0] if match[0].startswith("(") else " , "


def _yesterdays(match: re.Match[str]) -> str:
    return {"h": "high", "l": "low", "c": "close"}[match[1].lower()] + " of yesterday"


def _narrow(match: re.Match[str]) -> str:
    """NR7, NR4: the narrowest of so many."""
    return {"4": "nrfour", "5": "nrfive", "6": "nrsix", "7": "nrseven", "10": "nrten"}.get(match[1], match[0])


_SPELLINGS: Turns = (
    (r"[’`]", "'"), (r"\bain't\b", "is not"), (r"(?<=\d)'(?=\d{3}(?!\d))", ""),
    (r"(?<=[$€£])( ?\d+),(\d{1,2})(?= ?k\b)", r"\1.\2"),
    (r"\b(?:cheers|greetings|greets|regards|wishes|thanks|hello|hi|hey) from (?-i:[A-Z]\w+)(?: (?-i:[A-Z]\w+))?", ""),
    *TREND_TURNS, *TREND_WORDS, *LADDER_TURNS, *BRACKET_TURNS, *LEAVING_TURNS, *CALENDAR_TURNS,
    *PORTFOLIO_TURNS, *SIZE_TURNS, *LIMIT_TURNS, *COST_TURNS, *OCCASIONS, *SPEC_TURNS, *PASSIVE_TURNS,
    *DESK_TURNS, *MANNER_TURNS,
    *AROUND, *BAR_TURNS, *EXIT_TURNS, *ORDER_TURNS, *ENDINGS, *NONNATIVE, *TALK, *FORMS, *LAYOUT, *TURNS,
    (r"(?<=\d)(st|nd|rd|th)\b", " nth "), (rf"\b{_DAY}([a-z]*) ?[-–] ?(?={_DAY})", r"\1\2 to "),
    (r"[“”„«»‘’`]", "'"), (r"[–—−]", "-"), (r"[×✕]", " x "), (r"½", " 1/2 "), (r"¼", " 1/4 "), (r"¾", " 3/4 "),
    (r"≥", ">="), (r"≤", "<="), (r"≠", "!="), (r"…", "..."), (r"→", "->"), (r"\bta\.", ""),
    (r"(?<!as )\b(well|way) (?=(above|below|over|under|beyond|off|higher|lower|beneath)\b)", "considerably "),
    (r"\bnr ?(\d\d?)\b", _narrow),
    (r"\b(was|were|is|are|has|have|had|did|does|do)n'?t (?=(?:an? |been )?(?:red|green|inside|outside|above|below|over|"
     r"under|up|down|higher|lower|close|closed|gap|gapped|make|made|break|broken|bullish|bearish|rising|falling)\b)",
     r"\1 not "),
    (r"\bexactly (?=\w+ (?:out )?of (?:the )?(?:last|past|previous)\b)", "no-more-than-and-no-less-than "),
    (r"\bout of (?=(?:the |these )?(?:last|past|previous|latest|most recent) \w+ )", "of "),
    (r"\s/\s(?=[a-z ]{1,20}:)", " , "), (r"\([^()]*\)|(?<![\w(.,])(?<!, )\d\)\s", _unnumbered),
    (r"(?<=[:.])\s*-\s", " , "),
    (r"\bb/o\b", "breakout"), (r"\bd[im] ?([+-])(?!\w|\.\d)", r"\1di"),
    (r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten) out of (?=(?:the |every |its |my )?(?:last|past|"
     r"previous|prior|\d))", r"\1 of "),
    (r"\b(was|were|stood|had been)\b([^,.;:]{1,30}?) there\b", r"\1\2 on that bar"),
    (r"\b(?:during|over|within) (?=(?:the |any of the |one of the )?(?:last|past|previous|prior|preceding) "
     r"(?!close|high|low|open|price|bar|candle|(?:week|month|day|session|hour|year)'?s? (?:high|low|close|open)\b))",
      "in "),
    (r"\braw,? (?:and )?unsmoothed\b|\bunsmoothed,? (?:and )?raw\b", "raw"),
    (r"\b(above|below|under|over) (?:it|them|that)\b(?= (?:(?:on|in|at|of) (?:the|its) (?:bar|candle|one|previous)"
     r"|\d+ bars? ago))", r"\1 , "),
    (r"\bexactly (?=\w+ of the (?:last|past|previous|prior)\b)", " == "),
    (r"(\d+) ?d(s?ma)\b", r"\1 day \2"), (r"(?<=[a-z])_(?=[a-z])", " "),
    (r"@", " at "), (r"\b(america|europe)/", ""),
    (r"(\d[\d,.]*k?) ?([$€£])(?!\d)", r"\2\1"), (r"[€£]", "$"),
    (r"\bi(?: have|'ve got| got| have got) (?=\$ ?\d|\d[\d,.]*k? ?(?:dollars|usd|euros?|bucks|eur)\b)",
     "starting capital "),
    (r"\b(?:returns?|performance) (?:over|in|during|of|for|from|across) (?:the )?(?:last|past|previous|prior|latest)? ?"
     r"(\d+) ?-?(bar|day|candle|week|month)s?\b", r"\1 \2 return"),
    (r"\b(best|strongest) perform(?:er|ing one|ing) (?:over|of|in|during) (?:the )?(?:last|past|previous)? ?"
     r"(\d+) ?-?(bar|day|candle|week|month)s?\b", r"\1 \2 \3 return"),
    (r"\(((?:on )?(?:daily|hourly|weekly|\d+ ?-?(?:m|min|minute|h|hour|d)s?)"
     r"(?: (?:bars|candles|chart|data))?)\)",
     r", \1 ,"),
    (r"\b(\d+ ?-?(?:min|minute|hour|day|m|h|d)|daily|hourly|weekly) (?:trend )?filter ?[:=]",
     r"only if on the \1 chart "),
    (r"(?:^|(?<=[.;:] ))(\d+ ?(?:m|h|min))(?:ute)? (?:entries|entry|trades|system|strategy) ?[:,.]", r"\1 chart, "),
    *VOICED, *REWORDED,
    (r"\b(green|red)s\b", r"\1 candles"), (r"\bacct\b|\ba/c\b", "account"),
    (r"(\d+(?:\.\d+)?) ?k\b(?! ?(?:line|cross|>|<|is|above|below|over|under))", _thousands),
    (r"(?<![\d,])(\d),(\d{1,2})(?= ?(?:%|percent|per cent|pct|prozent|atr|r\b))", r"\1.\2"),
    (r"(?<=\w) */ *(day|week|month|hour|trade|d)\b", r" per \1"), (r"\bpd([hlc])\b", _yesterdays),
    (r"\bhhv? ?\(? ?(?:high|h)?,? ?(\d+) ?\)?", r"highest high of \1 bars"),
    (r"\bllv? ?\(? ?(?:low|l)?,? ?(\d+) ?\)?", r"lowest low of \1 bars"), (r"\bx(up|dn|down|over|under)\b", r"x \1"),
    (r"\bb/e\b", "breakeven"), (r"\bs/l\b", "sl"), (r"\bt/p\b", "tp"), (r"\bw/o\b", "without"), (r"\bw/", "with "),
    (r"(?<=\s)-+\s(?!\d|[a-z]*\(|(log|low|high|open|close|atr|entry|the|half|one|two|three|four|five|ten)\b)", " , "),
    (r"\([^()]*\)|(?<=[\s:;.])\d\) ", _unnumbered), (r"&&", " and "), (r"\|\|", " or "),
    (r"\(\s*[a-e]\s*\)", " "), (r"\(\)", " "), (r"\b((?-i:[A-Z]{2,7}))'s\b", r"\1"),
    (r"(?<=\w)'(?=s\b)", ""),
    (r"\.\.+", " . "), (r"\b(long|in) */ *(short)\b", r"\1 and \2"), (r"\brisk */ *reward\b", "risk reward"),
    (r"(?<=[a-z])'(?=[a-z])", "'"), (r"(?<=[a-z])-(?=[a-z])", " "),
    (r"(?<=[0-9])-(?=[a-z])", " "), (r"(?<=[a-z])-(?=[0-9])", " "), (r"#", " , "), (r"(?<=[0-9])x(?=[a-z])", " x "),
)  # fmt: skip
_LEXEME = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?![\d:])(?: ?[ap]m\b)?|\d{1,2}(?:\.[0-5]\d)? ?[ap]m\b)"
    r"|(?P<ratio>\d+(?:\.\d+)?(?: ?:| : )\d+(?:\.\d+)?)"
    r"|(?P<fraction>\b(?:1 ?/ ?(?:2|3|4|5|8)|2 ?/ ?3|3 ?/ ?4)\b(?! *(?:[se]?ma|cross|bar|day)))"
    r"|(?P<pair>\d+(?: ?/ ?|-)\d+(?:(?: ?/ ?|-)\d+(?:\.\d+)?)?(?!\.?\d))"
    r"|(?P<money>[$€£] ?\d(?:[\d,]*\d)?(?:\.\d+)?)"
    r"|(?P<num>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)"
    r"|(?P<word>[%+-]?[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<op><=|>=|->|=>|==|!=|[][<>=+*/%()&:;,.!?|-])|(?P<odd>\S)"
)
_MARKS = {
    "<": "below", ">": "above", "<=": "orless", ">=": "ormore", "=": "arrow", "->": "arrow", "=>": "arrow",
    "==": "equals", "!=": "differs", "+": "plusmark", "-": "minusmark", "*": "by", "/": "slash",
    "%": "percentword", "(": "open",
    ")": "shut", "&": "and", ":": "colon", ";": "stopmark", ".": "stopmark", ",": "comma", "!": "stopmark",
    "?": "stopmark", "[": "index", "]": "endindex", "|": "or",
}  # fmt: skip
_GLUED = {"m": ("unit", "m"), "h": ("unit", "h"), "d": ("unit", "d"), "w": ("unit", "w"), "x": ("times", ""),
          "mo": ("unit", "mo"), "y": ("unit", "y"), "r": ("rword", "")}  # fmt: skip
ARTICLES = {"a", "an", "the", "my", "our", "your", "its", "this", "that", "any"}
_FRAMES = {"m", "h", "d", "w"}
_TRADES = {"buy", "sell", "trade", "long", "short", "on", "hold", "of"}
_STRESSED = set(
    "a an the it its it's this that these those them they their my me we us our your you i any some such also even "
    "ever just now here there today right away again very really quite please is are was be do does did if so yes no "
    "have has had can will would should must might always still yet too much every each own sure okay ok lol".split()
)
"""Small words that people write in capitals to stress them."""


class _Piece(NamedTuple):
    kind: str
    text: str
    glued: bool  # to the piece before
    upper: bool = False


def spelled(text: str) -> str:
    """The letters as they are read: turns of speech put in order, signs and spellings made one."""
    text = rewritten(text, _SPELLINGS)
    return "".join(each for each in text if each.isascii() or each.isalpha() or each.isspace())


def scanned(request: str) -> list[Token]:
    """The tokens of a request, fillers among them; a word that is not understood is of the kind `unknown`."""
    pieces = with_decimals(list(_pieces(spelled(request))), decimal_commas(request))
    shouted = sum(p.upper for p in pieces) > 0.6 * sum(p.kind == "word" for p in pieces)
    tokens: list[Token] = []
    here = 0
    while here < len(pieces):
        token, here = _token(pieces, here, shouted)
        tokens.append(token)
    return [*tokens, *_guesses(tokens)]


def _guesses(tokens: list[Token]) -> list[Token]:
    """A note of each word that was taken for another of the vocabulary."""
    read = {word: guessed(word) for token in tokens if token.kind not in {"filler", "unknown", "name", "ticker"}
            for word in token.text.split() if word.isalpha()}  # fmt: skip
    return [Token("note", f"'{word}' is read as '{meant}'.") for word, meant in read.items() if meant]


def _pieces(text: str) -> Iterator[_Piece]:
    end = -1
    for match in _LEXEME.finditer(text):
        kind = str(match.lastgroup)
        word, glued = match.group(), match.start() == end
        end = match.end()
        if kind == "word" and word[0] in "%+-" and word.lower() not in words():
            yield _Piece("op", word[0], glued)
            word, glued = word[1:], True
        yield _Piece(kind, word.lower(), glued, word.isupper())


def _token(pieces: list[_Piece], here: int, shouted: bool) -> tuple[Token, int]:
    piece = pieces[here]
    if piece.kind == "word":
        return _word(pieces, here, shouted)
    text, value = piece.text, piece.text.replace(" ", "")
    endless = piece.kind == "num" and float(value.replace(",", "")) == float("inf")
    if endless or sum(map(str.isdigit, value)) > _MOST_DIGITS:
        return Token("unknown", text[:_SHOWN]), here + 1
    match piece.kind:
        case "num":
            return Token("num", text, float(value.replace(",", ""))), here + 1
        case "fraction":
            upper, lower = value.split("/")
            return Token("fraction", text, float(upper) / float(lower)), here + 1
        case "pair":
            return Token("pair", text, tuple(float(each) for each in re.split("[/-]", value))), here + 1
        case "ratio":
            one, two = map(float, value.split(":"))
            return Token("ratio", text, max(one, two) / min(one, two) if min(one, two) else 0.0), here + 1
        case "money":
            return Token("money", text, float(value[1:].replace(",", ""))), here + 1
        case "clock":
            return Token("clock", text, _clock(value)), here + 1
        case "op" if text in _MARKS:
            return Token(_MARKS[text], text), here + 1
    return Token("filler" if text in "'\"" else "unknown", text), here + 1


def _clock(value: str) -> str:
    late, early = value.endswith("pm"), value.endswith("am")
    hour, _, minute = value.removesuffix("pm").removesuffix("am").replace(".", ":").partition(":")
    hours = int(hour) % 12 + 12 * late if late or early else int(hour)
    return f"{hours:02d}:{minute or '00'}"


def _word(pieces: list[_Piece], here: int, shouted: bool) -> tuple[Token, int]:
    piece = pieces[here]
    after = pieces[here + 1] if here + 1 < len(pieces) else None
    if piece.upper and piece.text in INDICES:
        return Token("name", piece.text.upper(), piece.text.upper()), here + 1
    if piece.glued and pieces[here - 1].kind in {"num", "fraction"} and piece.text in _GLUED:
        return Token(_GLUED[piece.text][0], piece.text, _GLUED[piece.text][1]), here + 1
    if piece.text in _FRAMES and after and after.glued and after.kind == "num":
        return Token("timeframe", piece.text + after.text, f"{after.text}{piece.text}"), here + 2
    if piece.upper and not shouted and piece.text not in words() | ABBREVIATIONS and 2 <= len(piece.text) <= 8:
        meant = piece.text.upper() not in COMMON and corrected(piece.text) and not guessed(piece.text)
        return Token("unknown" if meant else "ticker", piece.text.upper(), piece.text.upper()), here + 1
    if piece.upper and not shouted and _symbol(pieces, here):
        return Token("ticker", piece.text.upper(), piece.text.upper()), here + 1
    run = _run(pieces, here)
    for phrase in _candidates(run):
        length = _length(phrase, run)
        if length:
            kind, value = phrases()[phrase]
            text = " ".join(each.text for each in pieces[here : here + length])
            return Token(kind, text, value), here + length
    if piece.text.upper() in COMMON:
        return Token("ticker", piece.text, piece.text.upper()), here + 1
    return Token("name" if piece.text in NAMES else "unknown", piece.text), here + 1


def _candidates(run: list[str | None]) -> list[tuple[str, ...]]:
    """The phrases whose first two words the run has, articles in between passed over; the longest first."""
    known = by_second(run[0] or "")
    found, at = list(known.get("", ())), 1
    while at < len(run):
        found += known.get(run[at] or "", ()) if run[at] else ()
        if run[at] not in ARTICLES:
            break
        at += 1
    return [phrase for _, phrase in sorted(found)]


def _symbol(pieces: list[_Piece], here: int) -> bool:
    """`buy CAT`: an everyday word in capitals where a symbol stands."""
    word, before = pieces[here].text, pieces[here - 1].text if here else ""
    said = phrases().get((word,), ("", ""))[0] == "filler" and word not in _STRESSED
    return said and before in _TRADES and 2 <= len(word) <= 5


def _length(phrase: tuple[str, ...], run: list[str | None]) -> int:
    """How many words of the run are the phrase, articles in between passed over; 0 if it is another."""
    at = 0
    for word in phrase:
        while at and at < len(run) and run[at] in ARTICLES and run[at] != word:
            at += 1
        if at >= len(run) or run[at] != word:
            return 0
        at += 1
    return at


def _run(pieces: list[_Piece], here: int) -> list[str | None]:
    """The words from here on that no mark parts, as they are spelt right; a number cuts the run."""
    found: list[str | None] = []
    for piece in pieces[here : here + 9]:
        if piece.kind == "op" and piece.text in {"&", "/"} and found:
            found.append(piece.text)
            continue
        if piece.kind != "word":
            break
        known = piece.text.upper() in COMMON or piece.text in NAMES
        found.append(piece.text if known and piece.text not in words() else corrected(piece.text) or None)
    return found
