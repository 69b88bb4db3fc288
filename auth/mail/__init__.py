"""Outgoing messages: written down in the transaction of the deed that sends them, sent after it is committed, tried again."""
