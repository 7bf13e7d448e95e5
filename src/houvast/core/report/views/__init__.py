"""The chapter's screens: reading it, opening a claim, writing prose, keeping facts with a source."""
