"""Tests of quotation marks, quotes and their speakers."""
