"""What holds or happens: comparisons, bars, times, how often and how long, and what each means for a side."""
