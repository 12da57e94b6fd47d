"""How a study is run: work, engines, what is kept, and what can be repeated."""
