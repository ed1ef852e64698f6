"""The matter and the people who act on it: organisation, bodies, persons, motions and their events."""
