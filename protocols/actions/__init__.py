"""The only writers of meetings and paragraphs: each function is one change, atomic, by somebody."""
