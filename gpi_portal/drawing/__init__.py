"""Charts, step lines and maps: figures as marks."""
