"""`voorbeeldstad`: a wholly fictional municipality with years of registers, at any size, the same for the same seed.

`plan` thinks it up without a database, `load` puts it in through the actions that people use, `bulk` writes rows by the
million past them, for a database made for measuring. A module that gets a register adds what the
town has of it to all three.
"""
