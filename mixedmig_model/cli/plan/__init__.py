"""Commands to begin a plan, and to update an older one."""
