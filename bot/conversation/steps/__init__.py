"""One function a button: the session and the desk in, what happens out."""
