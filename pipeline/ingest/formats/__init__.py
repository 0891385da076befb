"""Formats: one module a format, each from an opened stream to raw records and rejects."""
