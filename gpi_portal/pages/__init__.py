"""The base of every page, and the pages of the site as a whole."""
