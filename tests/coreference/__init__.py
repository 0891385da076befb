"""Tests of pronouns and role nouns."""
