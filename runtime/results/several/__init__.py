"""What a run over several symbols tells beside its account: each symbol by itself, and what it brought."""
