"""The wiring of the house: settings, urls, database, http helpers, the server."""
