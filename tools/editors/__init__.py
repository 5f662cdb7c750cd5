"""Colours for editors and pages, made from the one list of `lang/analysis/looks.py`."""
