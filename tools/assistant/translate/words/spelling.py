"""What a word in no list was meant to be: the word of the vocabulary that a slip of the pen or ear turns into it.

Slips have costs: a vowel left out or a letter written once for twice is little, letters that change places or sound
alike are more, any other is a whole slip. How much is put right grows with the length of the word; where two words of
different meaning are as near, none is taken.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from .asked_words import ASKED
from .english import ENGLISH
from .tickers import ABBREVIATIONS
from .vocabulary import phrases, words

SHORTEST = 4
"""From so many letters on a word is put right by its letters; shorter ones only as they stand in the list."""
_BOUNDS = {4: 1.0, 5: 1.1, 6: 1.4, 7: 1.8, 8: 1.8}
_LONG = 1.65
_MARGIN = 0.09
"""How much nearer a word has to be than one of another meaning."""
_LESS_LIKELY = 0.2
"""What a word that says nothing costs beside one that does."""
_SURE = 0.75
"""Up to here it is no guess: one letter doubled, left out, or changed with its neighbour."""
_VOWELS = set("aeiou")
_ALIKE = {frozenset(pair) for pair in "ck cs sz fv vw iy ey gj dt qk bp mn".split()}
_KEYS = {frozenset(pair) for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for pair in pairwise(row)}
_WHOLE, _FAR, _SWAPPED, _SOUND, _VOWEL, _DOUBLED = 1.0, 1.7, 0.45, 0.7, 0.6, 0.4

MISSPELT = MappingProxyType(
    dict(
        pair.split("=")
        for pair in (
            "byu=buy bye=buy bai=buy buye=buy bying=buying bii=buy bui=buy sel=sell sll=sell sle=sell cel=sell "
            "seling=selling wen=when wn=when whne=when wehn=when whn=when whem=when wenn=when an'=and nd=and adn=and "
            "n=and u=you ur=your undr=under unda=under undre=under abv=above abuv=above abuve=above abov=above "
            "ovr=over ova=over blw=below belo=below bilow=below beloe=below bak=back bck=back dwon=down dwn=down "
            "doun=down thn=then tht=that teh=the tha=the da=the hte=the hai=high hy=high hii=high prise=price "
            "prce=price pric=price dropd=dropped evry=every evrey=every dayly=daily dialy=daily horly=hourly "
            "hourley=hourly wekly=weekly wich=which xover=crossover cros=cross crs=cross crosess=crosses brake=break "
            "braks=breaks traget=target targit=target tgt=target trgt=target stp=stop stopp=stop stps=stops los=loss "
            "lss=loss les=less mor=more mre=more frm=from wid=with wit=with wth=with midel=middle midle=middle "
            "dai=day dey=day bolinger=bollinger kelter=keltner shrot=short shrt=short shor=short lng=long lon=long "
            "lnog=long ext=exit exi=exit cvr=cover covr=cover hld=hold uper=upper uppr=upper lowr=lower lowe=lower "
            "candel=candle candl=candle grean=green gren=green rd=red precent=percent percents=percent "
            "persent=percent persant=percent prcent=percent trads=trades cls=close clse=close clos=close opn=open "
            "vlm=volume volum=volume rsl=rsi mcad=macd madc=macd emma=ema eam=ema waite=wait frist=first thrid=third "
            "secnd=second wendsday=wednesday wensday=wednesday wednsday=wednesday thr=three fiv=five tew=two "
            "aft=after bfor=before befor=before b4=before untl=until til=till tral=trail trale=trail trayl=trail "
            "avrg=average averg=average avarage=average movng=moving exponental=exponential perid=period gos=goes "
            "gose=goes goe=go onyl=only onli=only ony=only olny=only lo=low smple=simple tak=take otu=out lwo=low "
            "olw=low hihg=high byuy=buy buyy=buy sellll=sell expotential=exponential oput=out abouve=above "
            "simpel=simple gud=good bras=bars brs=bars afer=after tow=two pecent=percent percnt=percent "
            "mony=money trad=trade leest=least tahn=than thna=than hten=then wieghted=weighted weigthed=weighted "
        ).split()
    )
)
"""What is misspelt in words too short to be put right by their letters, or near to a word of another meaning."""


@cache
def _by_letter() -> MappingProxyType[str, tuple[str, ...]]:
    """The words of the vocabulary that may be meant, by their first letter."""
    found: dict[str, list[str]] = {}
    for word in sorted(words()):
        if len(word) >= SHORTEST and word.isalpha():
            found.setdefault(word[0], []).append(word)
    return MappingProxyType({letter: tuple(own) for letter, own in found.items()})


def corrected(word: str) -> str | None:
    """The word of the vocabulary that was meant; None where there is none, or several that differ in meaning."""
    return _meant(word)[0]


def guessed(word: str) -> str | None:
    """The same where it is a guess that is to be told; None where the word stands, or hardly another can be meant."""
    meant, cost = _meant(word)
    return meant if meant and cost > _SURE else None


@lru_cache(maxsize=4096)
def near(word: str) -> bool:
    """Whether a word of the vocabulary that is no filler lies so near that it may have been meant."""
    most = _bound(word) + 0.4
    return len(word) >= SHORTEST and any(not _filler(each) and cost <= most for cost, each in _candidates(word, most))


@lru_cache(maxsize=4096)
def _meant(word: str) -> tuple[str | None, float]:
    if word in MISSPELT and (word,) not in phrases():
        return MISSPELT[word], 0.0
    if word in words():
        return word, 0.0
    if word in ENGLISH or word in ASKED or word in ABBREVIATIONS or not word.isalpha() or len(word) < SHORTEST:
        return None, 0.0
    found = [(cost, each) for cost, each in _candidates(word, _bound(word)) if len(word) >= 6 or not _filler(each)
             or cost < _SURE + _LESS_LIKELY]  # fmt: skip
    found = [(cost, each) for cost, each in found if len(word) >= 7 or cost < _SOUND or not _side(each)]
    if not found:
        return None, 0.0
    least = min(found)[0]
    if least > _VOWEL + _LESS_LIKELY and all(_filler(each) for cost, each in found if cost <= least + _MARGIN):
        found = [each for each in found if not _filler(each[1]) and each[0] <= least + _LESS_LIKELY] or found
        least = min(found)[0]  # what says something is not passed over for a word that says nothing
    best = [each for cost, each in found if cost <= least + _MARGIN]
    meanings = {phrases().get((each,), (each, each)) for each in best}
    return (min(found)[1], least) if len(meanings) == 1 else (None, 0.0)


def _bound(word: str) -> float:
    return _BOUNDS.get(len(word), _LONG)


def _side(word: str) -> bool:
    """Whether it buys or sells: no word of another sound is taken for it."""
    return phrases().get((word,), ("",))[0] == "act"


def _filler(word: str) -> bool:
    return phrases().get((word,), ("",))[0] == "filler"


def _candidates(word: str, most: float) -> list[tuple[float, str]]:
    """Words at most so far away. A slip is seldom in the first letter, but for two that changed places."""
    found = []
    for letter in {word[0], word[1:2]} & set(_by_letter()):
        for each in _by_letter()[letter]:
            if abs(len(each) - len(word)) <= 2 and (letter == word[0] or each[:2] == word[1::-1]):
                cost = 0.7 if _skeleton(each) == _skeleton(word) and len(_skeleton(word)) > 2 else 9.0
                cost = min(distance(word, each, most), cost) + _LESS_LIKELY * _filler(each)
                if cost <= most:
                    found.append((round(cost, 3), each))
    return sorted(found)


@lru_cache(maxsize=16384)
def _skeleton(word: str) -> str:
    """Without vowels behind the first letter, each consonant once where it stands twice."""
    bare = word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)
    return "".join(letter for letter, before in zip(bare, " " + bare, strict=False) if letter != before)


def distance(typed: str, meant: str, most: float) -> float:
    """What it costs to slip from one word to the other; more than `most` where it is more."""
    before: list[float] = []
    row = [0.6 * j for j in range(len(meant) + 1)]
    for i, x in enumerate(typed, 1):
        last, row, older = row, [row[0] + _WHOLE], before
        for j, y in enumerate(meant, 1):
            cost = min(
                last[j] + _added(typed, i),
                row[j - 1] + _left_out(meant, j),
                last[j - 1] + (0.0 if x == y else _changed(x, y, len(typed))),
            )
            if i > 1 and j > 1 and x == meant[j - 2] and typed[i - 2] == y and x != y:
                cost = min(cost, older[j - 2] + _SWAPPED)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]


def _added(typed: str, i: int) -> float:
    letter = typed[i - 1]
    if typed[i - 2 : i - 1] == letter and i > 1:
        return _DOUBLED
    return _SOUND if letter in _VOWELS else _WHOLE


def _left_out(meant: str, j: int) -> float:
    letter = meant[j - 1]
    if j > 1 and meant[j - 2] == letter:
        return _DOUBLED
    return _VOWEL if letter in _VOWELS or letter == "h" else _WHOLE


def _changed(x: str, y: str, length: int) -> float:
    if {x, y} <= _VOWELS or frozenset((x, y)) in _ALIKE:
        return _SOUND
    return _WHOLE if length >= 6 and frozenset((x, y)) in _KEYS else _FAR
