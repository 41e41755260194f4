"""Small builders of HTML, and pages out of executed notebooks."""
