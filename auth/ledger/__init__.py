"""The evidence: append-only facts in the transaction of the deed, a Merkle tree over each log, signed checkpoints, proofs.

A log an agency, and `INSTALLATION` for facts of nobody.  Everything a third party checks is a public format: RFC 6962 trees,
C2SP signed-note, tlog-checkpoint and tlog-proof.
"""
