"""How days are typed, where it differs from what Django knows of a language."""
