"""The panel as a web application of its own, closed to all but the panel."""
