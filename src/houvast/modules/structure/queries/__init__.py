"""Reading the structure: periods to judge, the organogram of a day, the registers, the history in words."""
