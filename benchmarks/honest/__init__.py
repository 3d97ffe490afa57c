"""Right notebooks with one honest habit each, and wrong ones in the same clothes; every door must agree on them."""
