"""`./houvast backup` and `./houvast restore`: the whole installation in one file, and back again."""
