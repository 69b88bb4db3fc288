"""Classification schemes that an operator loads: titles, what stands below what, what was reclassified, what else ties classes."""
