"""Recorded facts of a motion in the words of its pages. No database, no addresses."""
