"""The indicators written in the language; found through `stdlib/library.py`."""
