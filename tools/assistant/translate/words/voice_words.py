"""What is said by word of mouth, at a desk, in a letter, in another tongue: lines of the vocabulary."""

VOICE_WORDS = """
act long: load it, load up, load up on it, im a buyer, i'm a buyer, i am a buyer, comprar, compra, compro, compramos,
  acheter, achat, kaufen, kaufe, new longs, new long positions
act sell: vender, venda, vende, vendo, vendre, vente, verkaufen, verkaufe
up: from underneath, from beneath, from under, from under to over, from underneath to above, from below to over, from
  under to above
down: from over, from over to under, from above to under, from over to below
ma sma: simple mean, arithmetic mean
ma ema: exponential mean
ma wma: weighted mean
act long: own it, own her
act short: hit it short
unclear threshold: by a fair bit, a fair bit, by a good bit, a good bit, by a lot, by a bit, quite a bit, a good deal,
  by a decent amount
sizeword: notional, notional size, notional value, notional per trade
unclear definition: ioc, fok, aon, immediate or cancel, fill or kill, all or none
risenoun: pop
fallnoun: on sale
filler: admissible, permissible, permitted, eligible, anymore, any more
"""
