"""One function a button: the session and the port in, what happens out."""
