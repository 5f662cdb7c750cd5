"""A run over several symbols: which of them, one account, its timeline, and the rows of all books as one list."""
