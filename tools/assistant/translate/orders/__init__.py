"""What is said of orders: ways in and out, sizes, limits of trading, costs."""
