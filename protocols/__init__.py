"""What meetings decide: meetings, paragraphs, proposals, decisions, reservations, verification, extracts."""
