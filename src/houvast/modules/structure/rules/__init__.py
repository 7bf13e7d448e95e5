"""What holds of a structure: periods, the organogram of a day, differences, leaders, and how it is drawn.

Pure: no queries, no clock. Days are dates; the end of a span is exclusive and open when None.
"""
