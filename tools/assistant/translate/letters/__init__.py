"""The letters of a request before there are words: layouts, code, formulas, turns of speech put into plainer ones."""
