"""Containers: gzip, zstd and zip opened as streams, each bounded in size, ratio and depth."""
