"""Check-worthiness: how much a sentence asks to be checked, from 0 to 1, by a small linear model.

A score, never a filter: it was trained on political debates (see `knowledge/checkworthiness.md`) and says
little about news. 0.5 is where F1 was best in cross-validation.
"""

from pipeline.annotate.checkworthiness.model import scores

__all__ = ["scores"]
