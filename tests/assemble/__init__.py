"""Tests of validation and assembly."""
