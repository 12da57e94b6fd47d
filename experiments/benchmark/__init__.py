"""How fast Kring is, and how little it needs, beside the same rules in plain Mesa and others."""
