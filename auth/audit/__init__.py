"""The security log: who signed in, who failed to, what was revoked. Rows are added, never changed, except to forget a person."""
