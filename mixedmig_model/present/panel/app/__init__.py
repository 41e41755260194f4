"""The panel as a web application, which serves only the panel."""
