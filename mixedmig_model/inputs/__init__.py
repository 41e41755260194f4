"""What may be written in a workspace: strict reading, units, scenarios, digest."""
