"""The shell: what is entered, read and answered (`session.py`), and how it is typed (`terminal.py`, `plain.py`)."""
