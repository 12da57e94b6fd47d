"""Finding the sets of strengths that meet what was observed, and what that leaves open."""
