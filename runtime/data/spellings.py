"""What vendors, programs and languages call the columns of bars: one table of words, in the order of preference.

Headers are compared as `plain` makes them: letters and digits alone, without accents, so `Adj. Open`, `adj_open`
and `AdjOpen` are one word. Whoever meets a new spelling adds a word here and a file to its test.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

TIMES = (
    "open time, time open, bar open time, ts event, window start, ts, timestamp, datetime, unix, unix timestamp, epoch",
    "bar time, start, start time, begin, time utc, date utc, datetime utc, utc, gmt time, local time, snapped at, t",
    "stamp, dt, begins at, trade time, trade date time, candle time, candle begin time",
)
"""Instants in one column."""

ENDS = (
    "close time, time close, closing time, end, end time, time end, ends at, bar end, bar end time, bar close time",
    "kline close time, candle close time, window end, interval end, period end, close timestamp, ts end",
    "timestamp end, end timestamp, datetime end, end datetime, end date, date end, close datetime, close date, dt end",
)
"""Instants at which bars end: labels where there is no other."""

DATES = (
    "date, dates, trade date, observation date, trading day, day",
    "datum, dato, data, fecha, дата, 日期, 交易日期, 日付, 日付け, 날짜, tarih",
)
CLOCKS = ("time", "zeit, uhrzeit, heure, hora, ora, godzina, czas, время, 时间, 時間, 時刻, 시간, saat, tijd, tid")
"""A date, and the time of day that may stand beside it in a column of its own."""

NAMELESS = ("period, index, index level 0, unnamed 0",)
"""What an index becomes that nobody named."""

PRICES = {
    "open": (
        "open, o, open price, opening, opening price, px open, first",
        "Eröffnung, Eröffn., Eroeffnung, Eröffnungskurs, Erster, ouverture, ouv., apertura, abertura, otwarcie",
        "kurs otwarcia, открытие, откр., цена открытия, 开盘, 开盘价, 開盤, 開盤價, 始値, 시가, açılış, öppning",
    ),
    "high": (
        "high, h, high price, highest, max, hi, px high",
        "Hoch, Höchst, Höchstkurs, Tageshoch, plus haut, haut, máximo, massimo, máxima, maximum, najwyższy, kurs max",
        "максимум, макс., цена макс., 最高, 最高价, 最高價, 高, 高値, 고가, yüksek, en yüksek, hoog, högst",
    ),
    "low": (
        "low, l, low price, lowest, min, lo, px low",
        "Tief, Tiefst, Tiefstkurs, Tagestief, plus bas, bas, mínimo, minimo, mínima, minimum, najniższy, kurs min",
        "минимум, мин., цена мин., 最低, 最低价, 最低價, 低, 安値, 저가, düşük, en düşük, laag, lägst",
    ),
    "close": (
        "close, c, close price, closing, closing price, close/last, last, last price, latest, px last, price",
        "settle, settlement, settlement price, value",
        "Schluss, Schlusskurs, Letzter, Zuletzt, clôture, dernier, cierre, último, chiusura, fechamento, zamknięcie",
        "kurs zamknięcia, ostatnio, закрытие, цена закрытия, 收盘, 收盘价, 收盤, 收盤價, 終値, 종가, kapanış, şimdi",
        "slotkoers, laatst, Kurs, cours, precio, prezzo, preço, цена",
    ),
}
VOLUMES = (
    "volume, vol, v, real volume, base volume, total volume, share volume, shares, px volume",
    "Stücke, Stuecke, Volumen, wolumen, wol., объём, 成交量, 交易量, 出来高, 거래량, hacim, hac., volym",
    "tick volume, tickvol",
)
"""The volume that was traded before the count of ticks."""

SYMBOLS = (
    "symbol, ticker, instrument, sym, pair, code, sec id, ts code, symbole, walor, тикер, 代码, 股票代码",
    "ticker symbol, symbol name, stock symbol, stock code, stock, act symbol, local symbol, trading pair, product id",
    "instrument id, instrument name, contract, security, asset, coin, tic, ric, isin, wkn, figi",
)

ZONES = ("tz, time zone, zone, tz name, zone name, zona, Zeitzone, fuseau, часовой пояс, 时区, タイムゾーン",)
"""The zone of the times, written beside each."""

FAMILIES = ("", "mid", "bid", "ask", "adj", "adjusted")
"""What prices may be of, before or behind their words, the preferred first: a file of bids and asks has no other."""

_NUMBERED = re.compile(r"\d{1,2}[a-z]?\. ?")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i"})
"""Letters whose stroke is no accent to Unicode."""


@cache
def words(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The words of lines of a table, plain."""
    return tuple(plain(word) for line in lines for word in line.split(","))


def plain(header: str) -> str:
    """A header as it is compared: `4. close (USD)` and `<CLOSE>` are `close`; `Close (adj)` is another word."""
    text = header.strip()
    if text.endswith(")") and "adj" not in text.lower():
        text = text[: max(0, text.rfind("("))] or text
    numbered = _NUMBERED.match(text)
    text = text[numbered.end() :] if numbered else text
    spelled = normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(letter for letter in spelled if letter.isalnum())


def zone_in(header: str) -> str:
    """The zone in the brackets behind a header of times, as in `Time (EET)`; "" if there is none."""
    text = header.strip()
    place = text.rfind("(")
    return text[place + 1 : -1].strip() if text.endswith(")") and place > 0 else ""
