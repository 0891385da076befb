"""Release: final rows to a published, versioned, checkable dataset."""
