"""Fonts and styles of the printed report, and texts as these fonts can show them.

ReportLab and its fonts (Bitstream Vera) are the whole of what is needed: nothing of the system is asked for, so a
report is the same wherever it is made.
"""

from __future__ import annotations

from functools import cache
from html import escape
from types import SimpleNamespace
from typing import Any

from ...errors import UsageFault

PLAIN, BOLD, CODE = "Vera", "VeraBd", "Courier"
INK, QUIET, LINE, PAPER = "#1d1c1a", "#6f6b64", "#e4e1da", "#f7f6f3"
GAIN, LOSS, EQUITY, BENCHMARK = "#0f8b8d", "#d1495b", "#3b82c4", "#888888"
_MISSING = "pdf: needs ReportLab, which is not installed: pip install 'stratagem[pdf]'"


@cache
def library() -> Any:
    """What is used of ReportLab, its fonts made known to it; UsageFault where it is not installed."""
    try:
        from reportlab.graphics import shapes
        from reportlab.lib import colors, pagesizes, styles, units
        from reportlab.pdfbase import pdfmetrics, ttfonts
        from reportlab.platypus import doctemplate, flowables, frames, paragraph, tables
    except ImportError as error:
        if not (error.name or "").startswith("reportlab"):
            raise
        raise UsageFault(_MISSING) from None
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(ttfonts.TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
    return SimpleNamespace(
        shapes=shapes, color=colors.HexColor, page=pagesizes.A4, style=styles.ParagraphStyle, mm=units.mm,
        metrics=pdfmetrics, document=doctemplate, flowables=flowables, frames=frames, paragraph=paragraph,
        tables=tables,
    )  # fmt: skip


@cache
def style(kind: str) -> Any:
    """A style of paragraphs: "title", "heading", "part", "text", "quiet", "code"."""
    lib = library()
    font, size, colour, before, after = {
        "title": (BOLD, 17, INK, 0, 2), "heading": (BOLD, 11, INK, 12, 4), "part": (BOLD, 7.5, QUIET, 7, 2),
        "text": (PLAIN, 7.5, INK, 0, 2), "quiet": (PLAIN, 7.5, QUIET, 0, 3), "code": (CODE, 7.5, INK, 0, 0),
    }[kind]  # fmt: skip
    return lib.style(
        kind, fontName=font, fontSize=size, leading=1.35 * size, textColor=lib.color(colour), spaceBefore=before,
        spaceAfter=after, keepWithNext=kind in ("heading", "part"),
    )  # fmt: skip


def words(text: object, font: str = PLAIN) -> str:
    """A text in characters that the font has; another stands as its number, as [U+4E2D]."""
    return "".join(c if _has(c, font) else f"[U+{ord(c):04X}]" for c in str(text).replace("\t", "    "))


@cache
def _has(character: str, font: str) -> bool:
    if not character.isprintable():
        return False
    if font == CODE:
        try:
            return bool(character.encode("cp1252"))
        except UnicodeEncodeError:
            return False
    return ord(character) in library().metrics.getFont(font).face.charToGlyph


def text(content: object, kind: str = "text") -> Any:
    """A paragraph of plain text: nothing in it is markup."""
    font = {"title": BOLD, "heading": BOLD, "part": BOLD, "code": CODE}.get(kind, PLAIN)
    told = words(content, font)
    if kind == "code":
        told = told.replace(" ", "\u00a0")  # which stands where it is written
    return library().paragraph.Paragraph(escape(told, quote=False), style(kind))


def space(points: float) -> Any:
    return library().flowables.Spacer(1, points)
