"""The extract on paper: from a paragraph's document to an accessible PDF. No database, no network."""
