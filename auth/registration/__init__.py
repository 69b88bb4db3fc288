"""Registration: sign-up as a claim, verified contacts, one-time codes, profiles, what makes a registration wait."""
