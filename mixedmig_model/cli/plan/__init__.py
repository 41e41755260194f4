"""Commands to begin a plan, and to bring an older one up to date."""
