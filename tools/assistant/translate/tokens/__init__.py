"""What words become on their way: tokens, patterns over them, values, levels, conditions, and their text."""
