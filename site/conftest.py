"""Tests here find on the stage what `config/stage.py` puts there."""

pytest_plugins = ["config.stage"]
