"""From a reader’s report of an error to its correction."""
