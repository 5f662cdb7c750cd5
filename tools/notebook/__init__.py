"""Stratagem in notebooks: `%load_ext stratagem`, then `%%strat`."""
