"""Explore: the model in one page, and the life of one client, from one view-model."""
