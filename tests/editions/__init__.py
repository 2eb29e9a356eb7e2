"""Further editions of the rules, made up for tests: nothing of the program names them."""
