"""Ingest: raw files to clean articles, every character traced to its raw bytes."""
