"""Random programs that a grammar lets through: words drawn under the mask of llguidance, as a model would be held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import llguidance
from stratagem.stdlib.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]
CLOSING = ('"', ")", "]", "}", ", ", "1", " > ", "close", "open", "=", "then ", "else ", " ", *"aelnstuoricdhmpwd%")
"""Once a text is long enough, what is tried first, to end what has been begun."""
LONGEST = 600


class Words:
    """A tokenizer of single bytes, and of the words and calls that strategies are made of."""

    eos_token_id = 256
    bos_token_id = None
    special_token_ids = (256,)

    def __init__(self) -> None:
        texts = (path.read_text("utf-8").splitlines() for path in sorted((ROOT / "strategies").glob("*.strat")))
        lines = [line for text in texts for line in text if not line.startswith("#")]
        said = {f"{word} " for line in lines for word in line.split() if word.isidentifier()}
        calls = {f"{row.name}(" for row in catalogue()}
        signs = (", ", " and ", " or ", "not ", " > ", " < ", " - ", " * ", "close", "\n  ", "\n")
        more = sorted({*said, *calls, *signs, *(word for word in CLOSING if len(word) > 1)})
        self.tokens = [*(bytes([byte]) for byte in range(256)), b"<end>", *(word.encode() for word in more)]

    def __call__(self, text: str) -> list[int]:
        return list(text.encode())


WORDS = Words()
RANK = {word.encode(): place for place, word in enumerate(CLOSING)}


def matcher(grammar: str) -> llguidance.LLMatcher:
    """What says which words may come next."""
    tokenizer = llguidance.LLTokenizer(llguidance.TokenizerWrapper(WORDS))
    return llguidance.LLMatcher(tokenizer, llguidance.grammar_from("lark", grammar))


def accepts(held: llguidance.LLMatcher, text: str) -> bool:
    """Whether the whole of a text may be written."""
    held.reset()
    ids = list(text.encode())
    return bool(held.try_consume_tokens(ids) == len(ids) and held.is_accepting())


def walks(grammar: str, seeds: range, shortest: int = 140) -> Iterator[str | None]:
    """For each seed a text that the grammar lets through; None where none was ended in good time."""
    held = matcher(grammar)
    for seed in seeds:
        yield _walk(held, Random(seed), shortest)


def _walk(held: llguidance.LLMatcher, random: Random, shortest: int) -> str | None:
    held.reset()
    text = b""
    while len(text) < LONGEST:
        if len(text) > shortest and held.is_accepting():
            return text.decode()
        allowed = _allowed(held.compute_bitmask())
        if not allowed:
            return text.decode() if held.is_accepting() else None
        chosen = _chosen(allowed, random, text if len(text) > shortest else b"")
        held.consume_token(chosen)
        text += WORDS.tokens[chosen]
    return None


def _allowed(mask: bytes) -> list[int]:
    return [token for token in range(len(WORDS.tokens)) if token != 256 and mask[token // 8] >> token % 8 & 1]


def _chosen(allowed: list[int], random: Random, closing: bytes) -> int:
    """Mostly a whole word. closing: the text, where it is to be brought to its end."""
    if closing and b"#" in closing.rpartition(b"\n")[2] and 10 in allowed:
        return 10
    if closing and random.random() < 0.97:
        return min(allowed, key=lambda token: (RANK.get(WORDS.tokens[token], 99), token))
    words = [token for token in allowed if token > 256]
    return random.choice(words if words and random.random() < 0.8 else allowed)
