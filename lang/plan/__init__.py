"""Plans: a typed program made ready to run, the last stage of the language."""
