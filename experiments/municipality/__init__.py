"""A municipality of one's own: what the model makes of it, and what can't go together."""
