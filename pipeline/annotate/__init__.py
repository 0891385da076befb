"""Annotate: what stands in one article, found over one shared parse."""
