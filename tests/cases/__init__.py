"""Twelve cases of the kinds that real minutes show, each entered through the pages and read back."""
