"""Where graders work besides this process: in others of this machine, or on a cluster."""
