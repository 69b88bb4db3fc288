"""State of loading in the database: how far each file has come, what was refused, who loads, which ordinals are whose."""
