"""A request in another tongue is told which one is read, and is not read by halves."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.translator import translation
from stratagem.tools.assistant.translate.words.tongues import tongue_of

from .corpus import requests

SAID = {
    "Kaufe wenn der RSI unter 30 fällt, verkaufe wenn er über 70 steigt, Stop 3%": "German",
    "Kaufen bei Schlusskurs über dem 20-Tage-Durchschnitt, verkaufen bei Schlusskurs darunter.": "German",
    "Compra cuando el RSI baje de 30 y vende cuando suba de 70": "Spanish",
    "Quiero comprar cuando la media de 20 cruza por encima de la media de 50": "Spanish",
    "Achète quand le RSI passe sous 30, vends quand il dépasse 70, stop 3%": "French",
    "Je veux acheter lorsque la moyenne mobile 20 croise au dessus de la moyenne 50": "French",
    "Compra quando il prezzo è sopra la media di 50 e vendi quando scende sotto": "Italian",
    "Compre quando o preço cruza acima da média de 50 e venda quando cai abaixo": "Portuguese",
    "Koop wanneer de slotkoers boven het gemiddelde van 50 is en verkoop wanneer die daalt": "Dutch",
}


@pytest.mark.parametrize(("words", "tongue"), SAID.items())
def test_it_is_refused_with_the_tongue_that_is_read(words: str, tongue: str) -> None:
    (told,) = translation(words).draft.refusals
    assert f"This is {tongue}" in told and "English is read" in told


@pytest.mark.parametrize("name", ["open", "strangers", "others", "voices", "constructs", "constructs_three"])
def test_no_request_in_english_is_taken_for_another(name: str) -> None:
    assert [each.id for each in requests(name) if tongue_of(each.words)] == []


def test_a_few_words_of_another_tongue_are_read_as_before() -> None:
    made = translation("Kaufen when EMA 20 > EMA 50 on H1, SL 50 pips, TP 100 pips, EURUSD")
    assert not made.holes and not made.draft.refusals
