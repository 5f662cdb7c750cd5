"""From plain words to a strategy: drafts, their repair, questions, the reading back and the trial before a yes."""
