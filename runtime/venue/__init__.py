"""Orders at a venue: what should be there, what was asked of it, what it said, and the books that follow."""
