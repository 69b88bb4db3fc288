"""Projects: who does what for which bureau, from which day to which, by which contract and rule."""
