"""Knowledge: what the extraction knows about the world, as data files with a source for each row."""
