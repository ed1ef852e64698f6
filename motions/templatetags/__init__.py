"""What the templates of motions ask for."""
