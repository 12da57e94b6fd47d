"""Reading scripts: what some studies make of their runs beyond what every study gets.

A script is named in its study file (`reading = "savings"`) and may have

- ``tables(study, raw)``: more tables, from the runs and raw tables;
- ``draw(study, tables, folder)``: the figures, in place of the general one;
- ``lines(study, tables)``: lines of the reading, in place of the general ones;
- ``printed(study, tables)``: what the command prints before those lines.
"""
