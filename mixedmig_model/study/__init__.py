"""Many runs: scenarios side by side, each isolated from the failure of another."""
