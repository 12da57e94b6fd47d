"""The calendar: a year of 52 weeks, and a quarter."""

WEEKS_A_YEAR = 52.0
MONTHS_A_YEAR = 12.0
QUARTER = 13  # weeks
