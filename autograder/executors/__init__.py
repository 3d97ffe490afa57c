"""Where graders work: here, in processes of this machine, or on a cluster; always a ``concurrent.futures.Executor``."""
