"""What a study makes of its runs: tables, figures, lines, and an answer."""
