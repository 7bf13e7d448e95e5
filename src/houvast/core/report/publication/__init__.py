"""Publication: the adopted chapters as a static website that opens without the application."""
