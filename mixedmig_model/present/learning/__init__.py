"""Questions of self-study, and lessons made of them."""
