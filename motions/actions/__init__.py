"""The only writers of the matter: each function is one change, atomic, with its event."""
