"""What the content and course of a visit say beyond its status code; one module a kind of sign."""
