"""A few of Kring's rules in other frameworks, as one writes them there.

Supporters divide what is needed; problems ease, worsen and come; supporters stop. Each framework
keeps the state in its own way, draws its own luck and steps by its own clock. It gets the chances,
and the people, from `Few`, in whole columns. Kring beside them lives all of its rules.
"""
