"""The made-up region that an empty database is filled with: its people, motions and a year of meetings.

Everything in it is fiction. The files are pure data (TOML); `data.load_region()` reads and checks them,
without a database.
"""
