"""What is made of the runs of a study: a folder an analysis, its numbers, words and figure."""
