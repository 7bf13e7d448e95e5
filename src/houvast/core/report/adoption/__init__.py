"""Adoption of the chapter: what was decided, what was frozen with it, what was corrected and compared afterwards."""
