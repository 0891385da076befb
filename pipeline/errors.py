"""Errors that a person can act on: shown as one line, exit code 1."""


class OnrecordError(RuntimeError):
    """Something is wrong that the message says how to put right."""
