"""Why a program did what it did at a bar, and why not: the parts of its conditions with their values there."""
