"""What is traced in one stage of a step.

It is the equations, the flow table and the memory of detention.
"""
