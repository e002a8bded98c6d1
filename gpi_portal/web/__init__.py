"""The edge: what stands around every page: tags of kept copies, headers, limits, the log."""
