"""What figures say.

It has their titles, the names of their lines, and what stands below them.
"""
