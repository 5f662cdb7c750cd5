"""What is measured: amounts with their units, prices, indicators, bars and symbols."""
