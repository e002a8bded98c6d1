"""The two languages: texts, days, figures, and the names of countries and currencies."""
