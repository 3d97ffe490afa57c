"""The names under which courses' ``nbgrader_config.py`` files know nbgrader's door; it stands in ``integrations``."""
