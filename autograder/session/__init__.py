"""The trusted side's hold on a notebook that runs in a worker."""
