"""Commands to learn what the model and a workspace hold."""
