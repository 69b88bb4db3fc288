"""Charts of tables: what is drawn is decided here (`kinds`), drawn by another process (`painter`), and every mark opens its row."""
