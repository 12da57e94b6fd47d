"""Words and numbers as a reader of some language has them.

Sentences stand in English where they are used, as ``_("...")``; what they are in another language
stands in one catalogue, `locale/<language>.po`. Names of levers, units and outcomes stand in both
languages where they are declared.
"""
