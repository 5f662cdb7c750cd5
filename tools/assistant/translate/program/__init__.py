"""From what was understood to a program: whose each condition is, clauses, contradictions, questions."""
