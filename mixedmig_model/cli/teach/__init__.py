"""Commands for trainers and learners."""
