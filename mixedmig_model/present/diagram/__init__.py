"""The stock-and-flow diagrams, drawn from the flow table."""
