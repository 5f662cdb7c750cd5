"""A server of the Model Context Protocol: models check, explain and try strategies; it neither trades nor roams."""
