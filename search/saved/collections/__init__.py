"""Collections (专题数据库): what a query finds, what people added and removed, its branches, notes, deeds and snapshots."""
