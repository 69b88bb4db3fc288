"""Who is calling: signing in and out, sessions, and the account's own pages in the API."""
