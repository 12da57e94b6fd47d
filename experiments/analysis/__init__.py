"""What is reckoned from the runs of a study."""
