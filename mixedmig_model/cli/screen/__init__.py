"""Commands that open something on the screen."""
