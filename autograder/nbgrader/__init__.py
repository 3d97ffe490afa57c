"""nbgrader's door: preprocessors that ``nbgrader_config.py`` names, so that ``nbgrader autograde`` grades on this engine."""
