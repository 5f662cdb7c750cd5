"""What traders write on their first day, whole: each line is answered with the line to write, at its own place."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.render import apply_fixes

ENTER, EXIT = "enter long when close > open", "\nexit long when close < open"


@pytest.mark.parametrize(
    ("written", "example"),
    [
        ("buy 100 shares AAPL at market", "`on AAPL enter long when close > open size 100 units`"),
        ("buy 50 MSFT", "`on MSFT enter long when close > open size 50 units`"),
        ("buy 100 shares of aapl when close > 5", "`on aapl enter long when close > 5 size 100 units`"),
        ("sell 10 shares ES", "`on ES exit long when close < open size 10 units once`"),
        ("buy 100 shares", "`enter long when close > open size 100 units`"),
        ("enter long when close > open stop 5 points", "`stop entry - 5`"),
    ],
)
def test_an_order_without_its_condition_is_told_with_its_own_words(written: str, example: str) -> None:
    (said,) = [d for d in check_text(f"{written}\nexit long when close < open\n").diagnostics if d.is_error]
    assert said.code == "E024" and said.message.endswith(f"write for example {example}")
    assert check_text(example.strip("`")).program or example.startswith("`stop")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("if close > open then enter long" + EXIT, ENTER + EXIT),
        ("if close > open then buy 100 shares" + EXIT, f"{ENTER} size 100 units{EXIT}"),
        ("if close > open:\n  enter long\nif close < open:\n  exit long", ENTER + EXIT),
        ("enter long when candle is green" + EXIT, ENTER + EXIT),
        ("enter long when close > 1 and green candle" + EXIT, f"enter long when close > 1 and close > open{EXIT}"),
        (f"{ENTER} stop 50 pips target 1 pip{EXIT}", f"{ENTER} stop 50ticks target 1ticks{EXIT}"),
        (f"assume leverage 2x\n{ENTER}{EXIT}", f"assume leverage 2\n{ENTER}{EXIT}"),
        (f"{ENTER} size $1000{EXIT}", f"{ENTER} size 1000 cash{EXIT}"),
        (f"assume capital $1000\n{ENTER}{EXIT}", f"assume capital 1000\n{ENTER}{EXIT}"),
        (f"{ENTER}\nexit long when time > 15:30", f'{ENTER}\nexit long when between("15:30", "24:00")'),
        (f"enter long when hour >= 9:30 and hour < 16:00{EXIT}", f'enter long when between("09:30", "16:00"){EXIT}'),
        (f"enter long when close > yesterday.high{EXIT}", f"enter long when close > high[1]{EXIT}"),
        (f"enter long when close > prev high{EXIT}", f"enter long when close > high[1]{EXIT}"),
        (f"enter long when gap > 1%{EXIT}", f"enter long when (open / close[1] - 1) > 1%{EXIT}"),
        (f"enter long when new_high(252){EXIT}", f"enter long when close > highest(high, 252)[1]{EXIT}"),
        (f"enter long when day_of_week == friday{EXIT}", f"enter long when weekday == friday{EXIT}"),
        (f"{ENTER}\nexit long when bars_held > 5", f"{ENTER}\nexit long when position.bars > 5"),
        (f"enter long when volume > 1.5 million{EXIT}", f"enter long when volume > 1_500_000{EXIT}"),
    ],
)
def test_the_fix_is_the_line_to_write(written: str, mended: str) -> None:
    errors = [d for d in check_text(written).diagnostics if d.is_error]
    assert apply_fixes(written, errors) == mended
    assert check_text(mended).program is not None
