"""Stratagem: a language for trading strategies, and the engine that runs them."""

__version__ = "0.1.0"
