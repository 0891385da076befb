"""Evaluate: scores the extraction on a folder of gold data, in the formats and by the rules of that data's scorers.

One module a task (`quotes`, `claims`, `names`, `linking`, `coreference`, `times`); each turns gold and found rows into
figures in percent. Nothing here is used by a build.
"""
