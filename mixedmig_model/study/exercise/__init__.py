"""An exercise played: decisions of teams, rounds, what roles see, scores, and replays with one decision changed."""
