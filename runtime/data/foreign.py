"""Files that are no table: what they are by their first bytes, and what to do with them."""

from __future__ import annotations

from .errors import DataError

_BEGINS = (
    (b"\xd0\xcf\x11\xe0", "an Excel workbook: save its sheet as CSV"),
    (b"BZh", "packed by bzip2: unpack it first"),
    (b"\xfd7zXZ", "packed by xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed by Zstandard: unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"%PDF", "a PDF document: get the data as CSV"),
    (b"SQLite format 3", "an SQLite database: write the table to a CSV or Parquet file"),
    (b"\x89HDF", "an HDF5 file: write the table to a CSV or Parquet file"),
    (b"\x93NUMPY", "an array of numpy: give its columns in Python, by name"),
)
_PAGES = (b"<!doctype", b"<html", b"<?xml")
_LOOK = 65_536


def refuse(content: bytes, source: str) -> None:
    """DataError that says what a file is, if it is no separated text."""
    if told := _what(content[:_LOOK]):
        raise DataError(f"{source} is {told}")


def _what(head: bytes) -> str:
    begin = head.lstrip()[:16]
    if head.startswith(b"PK\3\4"):
        workbook = b"[Content_Types].xml" in head or b"xl/" in head
        return "an Excel workbook: save its sheet as CSV" if workbook else "a zip archive: unpack it first"
    if begin[:1] in (b"{", b"["):
        return "JSON; bars are read from CSV, Parquet, Arrow and DuckDB: convert it first"
    if begin.lower().startswith(_PAGES):
        return "a page of markup and no table: what was to be downloaded may not have been there"
    if known := next((what for sign, what in _BEGINS if head.startswith(sign)), ""):
        return known
    if b"\0" in head[:4096]:
        return "not text, nor Parquet, Arrow, DuckDB or gzip: no bars can be read from it"
    return ""
