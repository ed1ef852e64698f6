"""`make bench`: how fast pages and extracts are, each beside a bare reference measured in the same run."""
