"""Contests: who writes the best strategy, judged on what nobody was shown, with every try counted. It never trades."""
