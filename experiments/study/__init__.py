"""What a study is: its file, the checks, and the plan into which it is resolved."""
