"""The words that are understood: vocabulary, sayings, slips of the pen, numbers; and letters made into tokens."""
