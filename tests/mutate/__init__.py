"""Small faults put into the program on purpose: each must make a test fail (`make mutate`)."""
