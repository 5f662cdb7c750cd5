"""Results of several strategies in one portfolio: whose each row is, what each brought, what the limits did."""
