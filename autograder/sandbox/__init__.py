"""Where a stranger's code runs: a process that has confined itself."""
