"""A verified paragraph for other programs: the same words as on paper, with names that others know."""
