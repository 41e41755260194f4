"""What people see: reports, plots, tables, sliders.

Heavy libraries are imported where they are used.
"""
