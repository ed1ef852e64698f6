"""Reads that several screens share."""
