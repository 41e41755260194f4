"""Reports as documents of Word and as PDF."""
