"""What is traced: the equations, the flow table and the memory of detention in one stage of a step."""
