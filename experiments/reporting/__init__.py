"""What is said and drawn of a study: readings, figures, and the report."""
