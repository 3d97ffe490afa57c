"""Mutation testing of the bank: slips that learners make, put into right answers, must lose marks."""
