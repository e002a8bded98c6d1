"""The two languages: text, days, figures, names of countries and currencies."""
