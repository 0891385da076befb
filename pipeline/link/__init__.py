"""Link: what joins articles: revisions, sources, copies, entities, stories, clusters.

Every step reads the parts that the shards wrote (through DuckDB, which spills to disk) and writes one
Parquet file of ids into the `links` folder; none holds the corpus in memory, and none depends on how the
articles were cut into shards.
"""
