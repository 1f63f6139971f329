"""The templates: a CV to calls of the macros that a class declares."""
