"""Properties are about what is true, not about how fast this machine finds it out: no example has a deadline."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
