"""What people type, checked and put into types; errors stand beside the field."""
