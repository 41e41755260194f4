"""What figures say: their titles, the names of their lines, and what stands below them."""
