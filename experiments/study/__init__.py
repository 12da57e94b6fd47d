"""What a study is: its file, the checks, the schema for editors, and the runs it asks for."""
