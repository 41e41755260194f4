"""Self-study: invented countries, their answers, and grades."""
