"""Several strategies in one portfolio: an account of its own for each, one clock, and limits over all of them."""
