"""The files that a page offers."""
