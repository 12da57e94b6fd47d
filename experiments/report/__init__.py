"""The report of a result: one page that stands by itself, in every language."""
