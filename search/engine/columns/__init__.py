"""A column store of documents, and the counting of tables over it: beside the embedded index, and beside a service that asks
Elasticsearch."""
