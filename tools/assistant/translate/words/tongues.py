"""Requests in another tongue than English: named, and not read by halves."""

from __future__ import annotations

import re

_ENGLISH = set(
    "the a an when if is are it its and or of to in on at by for with above below over under buy sell long "
    "short exit close "
    "price stop target bars bar day days after before then only my i we not than".split()
)
_TONGUES = {
    "German": "der die das den dem des ein eine einen wenn falls und oder ist sind wird über unter bei mit nach "
    "vor nicht "
    "kaufe kaufen kauf verkaufe verkaufen verkauf steige steigt fällt fallt schließt schliesst schlusskurs "
    "durchschnitt tage "
    "tagen von auf am im zum zur ich soll dann nur sobald darunter darüber",
    "Spanish": "el la los las un una cuando si y o es está esta cruza por encima debajo de del compra comprar "
    "compro vende "
    "vender vendo baje baja suba sube con sin precio media cierre mas más que quiero a al en hasta después",
    "French": "le la les un une des du quand lorsque si et ou est sont passe dépasse croise sous dessus dessous "
    "achète acheter "
    "achat vends vendre vente avec sans prix moyenne clôture plus que je veux au aux en jusqu il monte descend",
    "Italian": "il lo la gli le un una quando se e o è sono sopra sotto compra comprare vendi vendere con senza "
    "prezzo media "
    "chiusura più che voglio di del della al in fino dopo scende sale incrocia",
    "Portuguese": "o a os as um uma quando se e ou é são acima abaixo compre comprar compra vende vender venda "
    "com sem preço "
    "média fechamento mais que quero de do da ao em até depois cai sobe cruza",
    "Dutch": "de het een wanneer als en of is zijn boven onder koop kopen verkoop verkopen met zonder prijs "
    "gemiddelde slotkoers "
    "meer dan ik wil van op tot na daalt stijgt",
}  # fmt: skip
_WORDS = {tongue: frozenset(words.split()) for tongue, words in _TONGUES.items()}
_LEAST = 4
"""So many of its words, and more than of English, make a tongue."""


def tongue_of(request: str) -> str:
    """Which one it is in, where it is another than English; "" where it is none of those known here."""
    said = re.findall(r"[^\W\d_]+", request.lower())
    english = sum(word in _ENGLISH for word in said)
    counts = {tongue: sum(word in words - _ENGLISH for word in said) for tongue, words in _WORDS.items()}
    most = max(counts, key=lambda tongue: counts[tongue])
    several = len(set(said) & _WORDS[most] - _ENGLISH) >= _LEAST - 1
    return most if several and counts[most] >= max(_LEAST, 2 * english, len(said) / 3) else ""


def refused_tongue(request: str) -> str:
    """Why a request in it is not read; "" where it may be."""
    tongue = tongue_of(request)
    told = f"This is {tongue}, it seems: without a model English is read. Say it in English, or name a model."
    return told if tongue else ""
