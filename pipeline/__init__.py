"""onrecord: raw news text in, a versioned dataset of quotes, claims and entities out."""

__version__ = "0.1.0"
