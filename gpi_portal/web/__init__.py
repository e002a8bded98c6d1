"""What surrounds every page: entity tags, headers, limits, the log."""
