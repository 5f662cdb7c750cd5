"""The translator: a request to a draft, step by step, without a model, a clock or chance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ....lang.compile import check_text
from ..drafting import Draft
from .conditions.bar_after_run import kept_words, with_bars_after_runs
from .conditions.bar_clauses import with_bars
from .conditions.calendar_rows import CALENDAR, WEEKDAYS
from .conditions.calendar_spans import CALENDARS, days_named, either, month_lists
from .conditions.combine import CHOICES, combined
from .conditions.condition_rows import COMPARISONS, OPERATORS
from .conditions.contraries import MIRRORS, NEGATIONS, grouped, held_while, returned, until_ended
from .conditions.counted_rows import COUNTED
from .conditions.definitions import defined
from .conditions.distance_rows import DISTANCES
from .conditions.earlier import MOMENTS, compared
from .conditions.event_rows import GAPS, SPECIAL
from .conditions.exclusions import excluded
from .conditions.explained import DEFINITIONS
from .conditions.flips import with_flips
from .conditions.held_rows import HELD
from .conditions.longer_frames import longer
from .conditions.ranges import with_range
from .conditions.resolve import resolved
from .conditions.returns import come_back, ways_back
from .conditions.side_rules import filtered, marked
from .conditions.slope_rows import LINES, SEVERAL
from .conditions.time_rows import TIMES
from .conditions.windows import WINDOWS, bars_since, not_now
from .letters.agreed import agreed
from .letters.code import in_words
from .letters.definitions_first import with_letters
from .letters.formulas import with_formulas, without_formulas
from .letters.notes import laid_out
from .letters.spoken_clocks import with_clocks
from .letters.talk_turns import FRAMES_TAKEN_BACK
from .orders.ages import with_ages
from .orders.cost_spans import COSTS
from .orders.day_limits import with_day_limits
from .orders.exit_clauses import exit_clauses
from .orders.exit_held import of_entry_price
from .orders.exit_rows import BASED, FORMS, MULTIPLES
from .orders.guard_rows import GUARDS, halts
from .orders.ladders import ladders
from .orders.limit_spans import LIMITS, STOPPED
from .orders.lot_spans import lots
from .orders.minimum_holds import with_minimums
from .orders.next_close import with_next_closes
from .orders.part_rows import PARTS_SOLD, REVERSED
from .orders.pauses import with_pauses
from .orders.resting_rows import RESTING, lifetimes
from .orders.setting_rows import SETTINGS
from .orders.side_pairs import ONLY, PAIRS, protected
from .orders.size_choice import CHOICES_OF_SIZE
from .orders.size_spans import BEHIND, SIZES
from .orders.spans import spanned
from .orders.ways import ENTRY, ways_out
from .program.attach import attached
from .program.checks import contradictions, never_flat
from .program.pair_trades import pair_trade
from .program.plan import Plan
from .program.ranks import ordered
from .program.rotation import is_portfolio, portfolio
from .program.weighed import asked_for, weighed, with_frames_asked
from .tokens.meanings import plain_of
from .tokens.pattern import applied
from .tokens.token import Plain, Token
from .tokens.write import Program
from .values.amounts import AMOUNTS, without_articles
from .values.band_lines import with_band_lines, with_exits_at_bands
from .values.bar_spans import EARLY, SPANS
from .values.clock_spans import with_clock_spans
from .values.columns import with_columns, without_names
from .values.context import in_context, lengthless, with_lengths_said
from .values.corrections import taken_back, without_retracted
from .values.heading_rows import HEADINGS, questions
from .values.line_senses import with_line_senses
from .values.opening import with_openings
from .values.other_symbols import of_others
from .values.parameters import with_parameters
from .values.ratios import of_ratios
from .values.series_rows import DERIVED, SERIES
from .values.shared import distributed, with_ones
from .values.stacks import by_length, expanded
from .values.symbols import placed
from .values.trend_senses import with_trend_senses
from .values.vague import VAGUE
from .values.weekday_bars import todays, with_weekdays
from .words.aside import set_aside
from .words.exit_words import with_gains
from .words.hostile import nonsense, refused, without_question
from .words.lost_words import asked_about, times_kept
from .words.numerals import ordinals_as_parts, with_numbers
from .words.prefaces import without_prefaces, without_title
from .words.scan import scanned
from .words.senses import with_senses
from .words.tongues import refused_tongue

STEPS = (
    *SETTINGS, *CALENDAR, *TIMES, *GAPS, *DISTANCES, *SPECIAL, *OPERATORS, *COMPARISONS, *COMPARISONS,
)  # fmt: skip
"""From words to settings and conditions, in this order."""
LONGEST = 3_000
"""Characters of a request that is read; rules look at every word of it many times."""
_HOLE = re.compile(r'\?"(\w+)\|([^"|]*)((?:\|[^"|]*)*)"')
_AGAIN = re.compile(r"(\s|[^\w\s])\1{3,}")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. kind: entry, exit, stop, target, trail, threshold, length, size, symbol, tick, definition."""

    kind: str
    question: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A draft, and what its holes are about."""

    draft: Draft
    holes: tuple[Question, ...] = ()


def translation(request: str) -> Translation:
    """The draft of a request with its holes; a refusal where there is no strategy in it."""
    request = _AGAIN.sub(r"\1\1\1", request.strip())
    if len(request) > LONGEST:
        told = f"The request has {len(request):,} characters; {LONGEST:,} are read without a model: say it shorter."
        return Translation(Draft("", refusals=(told,)))
    why = refused(request)
    if why:
        return Translation(Draft("", refusals=(why,)))
    pair = pair_trade(request)
    if pair:
        return Translation(Draft(pair))
    request = in_words(without_question(request))
    made = _translated(request)
    spelt = with_letters(request) if made.holes or made.draft.refusals else request
    again = _translated(spelt) if spelt != request else made
    if not (again.holes or again.draft.refusals):
        return again
    tongue = refused_tongue(request)
    return Translation(Draft("", refusals=(tongue,))) if tongue else made


def _translated(request: str) -> Translation:
    """The draft of a request in words, its formulas read as such where that leaves no question."""
    first = _read(words_of(request))
    text, formulas = without_formulas(request) if first.holes or first.draft.refusals else ("", {})
    second = _read(with_formulas(words_of(text), formulas)) if formulas else first
    return first if second.holes or second.draft.refusals else second


def words_of(request: str) -> list[Token]:
    """The words of a request as tokens."""
    return scanned(corrected_by_speaker(with_clocks(laid_out(agreed(request)))))


def _read(tokens: list[Token]) -> Translation:
    """The draft of the tokens, with a question about each word of weight that changes nothing in it."""
    made = drafted(tokens)
    places = weighed(tokens)
    lost = [here for here in places if drafted([*tokens[:here], *tokens[here + 1 :]]).draft.text == made.draft.text]
    return drafted(asked_for(tokens, lost)) if lost and not made.draft.refusals else made


def drafted(words: Sequence[Token]) -> Translation:
    """The draft of the tokens of a request."""
    tokens = named(words)
    if is_portfolio(tokens):
        return finished_draft(*portfolio(tokens))
    made = _planned(list(tokens))
    asked = with_frames_asked(tokens, made.draft.text)
    return _planned(asked) if asked and not made.draft.refusals else made


def _planned(named_tokens: list[Token]) -> Translation:
    """The draft of tokens whose amounts and series are known."""
    tokens = understood(named_tokens)
    if nonsense(tokens):
        return Translation(
            Draft("", refusals=("No strategy is described that could be understood: say when to buy or sell.",))
        )
    plan = Plan(tokens, attached(tokens))
    program = plan.made()
    faults = [*plan.refusals, *contradictions(plan), *never_flat(tokens, plan)]
    return finished_draft(program, faults, plan.notes)


def finished_draft(program: Program, faults: Sequence[str], notes: Sequence[str] = ()) -> Translation:
    """The text without the kinds of its holes; or why there is none."""
    if faults:
        return Translation(Draft("", refusals=tuple(dict.fromkeys(each.replace(" @ days", "") for each in faults))))
    days = "" if " every " not in f" {program.on} " or " every 1d" in f" {program.on}" else " @ 1d"
    found = [(kind, question.replace(" @ days", days), _offers(told.replace(" @ days", days)))
             for kind, question, told in _HOLE.findall(program.text)]  # fmt: skip
    holes = tuple(dict.fromkeys(Question(kind, question) for kind, question, _ in found))
    offers = tuple(dict.fromkeys((question, each) for _, question, each in found if each))
    text = _HOLE.sub(lambda hole: f'?"{hole[2]}"'.replace(" @ days", days), program.text)
    wrong = [each.message for each in check_text(text).diagnostics if each.is_error]
    if wrong:
        return Translation(Draft("", refusals=(f"It could not be written: {wrong[0]}. Say it in other words.",)))
    told = tuple(dict.fromkeys(note for note in notes if '?"' not in note))
    return Translation(Draft(text, told, offers=offers), holes)


def _offers(told: str) -> tuple[tuple[str, str], ...]:
    """The answers that a hole carries, each with what it means."""
    pairs = (each.partition("=>") for each in told.split("|") if each)
    return tuple((words, text) for words, _, text in pairs)


def named(words: Sequence[Token]) -> list[Token]:
    """The tokens of a request with its amounts and series."""
    tokens = with_senses(with_band_lines(kept_words(with_day_limits(list(words)))))
    tokens = with_gains(with_columns(without_names(without_title(tokens))))
    tokens = without_articles(set_aside(times_kept(tokens)))
    tokens = with_parameters(ordinals_as_parts(with_numbers(questions(tokens))))
    tokens = applied((*HEADINGS, *ONLY, *WEEKDAYS, *EARLY, *FORMS, *AMOUNTS, *MULTIPLES, *SPANS, *VAGUE), tokens)
    if is_portfolio(tokens):
        tokens = ordered(tokens)
    else:
        tokens = placed(with_openings(with_minimums(with_ages(with_clock_spans(tokens)))))
    tokens = expanded(with_ones(tokens))
    tokens = tokens if is_portfolio(tokens) else with_bars(with_bars_after_runs(with_weekdays(todays(tokens))))
    tokens = taken_back(applied((*SERIES, *DERIVED), tokens))
    tokens = of_others(of_ratios(by_length(with_lengths_said(applied(DERIVED, in_context(tokens))))))
    tokens = with_trend_senses(with_line_senses(tokens))
    return [*tokens, *usual(tokens)]


def usual(tokens: list[Token]) -> list[Token]:
    """A note for each indicator whose length is not said."""
    return [Token("note", f"'{token.text}' is taken as {token.value.text}.") for token in tokens if lengthless(token)]


def understood(tokens: list[Token]) -> list[Token]:
    """The same, taken together as far as the rows go."""
    tokens = with_next_closes(with_exits_at_bands(held_while(tokens)))
    tokens = protected(applied(PAIRS, longer(ways_back(with_flips(tokens)))))
    tokens = applied((*DEFINITIONS, *RESTING), lifetimes(ladders(marked(tokens))))
    tokens = applied((*CALENDARS, *STOPPED), month_lists(days_named(tokens)))
    tokens = applied(BEHIND, spanned((*COSTS, *LIMITS, *SIZES), lots(with_pauses(tokens))))
    tokens = applied((*SEVERAL, *MOMENTS, *WINDOWS, *CHOICES), bars_since(tokens))
    tokens = applied(LINES, distributed(compared(tokens)))
    tokens = exit_clauses(of_entry_price(halts(applied((*BASED, *GUARDS, *MIRRORS, *HELD, *REVERSED), tokens))))
    tokens = ways_out(applied(ENTRY, tokens))
    tokens = come_back(applied(STEPS, tokens))
    tokens = either([_timed(token) for token in with_range(resolved(_flagged(tokens)))])
    tokens = excluded(applied((*CHOICES_OF_SIZE, *PARTS_SOLD, *COUNTED, *NEGATIONS), filtered(asked_about(tokens))))
    tokens = grouped(defined(without_prefaces(combined(tokens))))
    return without_retracted(until_ended(returned(not_now(tokens))))


def _flagged(tokens: list[Token]) -> list[Token]:
    """`days` tokens hold a condition that is counted in days."""
    made = []
    for token in tokens:
        if token.kind == "days":
            inner: Plain = token.value[1]
            token = Token("cond", token.text, Plain(f"days|{inner.text}", inner.mirrored))
        made.append(token)
    return made


def _timed(token: Token) -> Token:
    made = plain_of(token.value) if token.kind == "cond" else None
    return Token("cond", token.text, made) if made else token


def corrected_by_speaker(request: str) -> str:
    """Taken at the last word, number for number: `under 30, no wait, under 25`, before either is bound to a unit. All
    else that a speaker takes back is in `corrections`. `You know when …?` asks nothing: what follows says it."""
    request = FRAMES_TAKEN_BACK.sub(r"\1 chart", request)
    named = r"\b[A-Z]{2,6}\b\W{1,5}(?:no,? wait|(?i:sorry|i mean|correction|make that))\W{1,3}(?=[A-Z]{2,8}\b)"
    request = re.sub(named, "", request)
    side = r"((?:under|over|above|below|at|of|by|[<>]=?)?\s*+)"
    pattern = (
        rf"{side}(?<![\d.])[\d.]++\s*+%?\s*+[,.;-]*+\s*+"
        r"(?:no,? wait|wait,? no|sorry|scratch that|scrap that|strike that|or rather|i mean|make that|correction)"
        rf"[,:.]*\s*+{side}([\d.]+)"
    )
    request = re.sub(r"you know (when|how|what)[^.?!]*\?", " ", request, flags=re.IGNORECASE)
    return re.sub(pattern, lambda m: f"{m.group(2) or m.group(1)}{m.group(3)}", request, flags=re.IGNORECASE)
