from hypothesis import settings

# The same examples every time: a pass stays a pass.
settings.register_profile("kring", deadline=None, derandomize=True)
settings.load_profile("kring")
