"""nbgrader's door: the preprocessors that ``nbgrader_config.py`` names for ``nbgrader autograde``."""
