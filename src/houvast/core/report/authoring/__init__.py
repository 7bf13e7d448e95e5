"""The chapter written in turns: a round asks for sections, and each goes from hand to hand until the college."""
