"""Plain words made into a strategy without a model: rules that can be read, and questions where they do not suffice."""
