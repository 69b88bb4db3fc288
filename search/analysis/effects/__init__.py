"""Technology and effect (技术功效): which means a document says it uses, and which effects it says they have."""
