"""The screens of notices: one's own, and those of who manages reminders and messages."""
