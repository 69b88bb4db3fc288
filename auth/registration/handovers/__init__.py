"""The hand-over list (交接清单): whose name was shown to which organisation, from when to when (PIPL article 23)."""
