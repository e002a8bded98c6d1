"""From working rows to what the public reads: cards, words, differences, moments, and the one door."""
