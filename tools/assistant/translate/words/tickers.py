"""Names of what is traded: symbols known in small letters too, names that are none, and what looks like one."""

COMMON = frozenset(
    "SPY QQQ IWM DIA TLT GLD SLV EFA EEM AGG BND VTI VOO XLK XLE XLF XLV XLU XLI XLP XLY XLB XLRE AAPL "
    "MSFT TSLA AMZN GOOG GOOGL "
    "NVDA META NFLX AMD INTC KO PEP JPM BAC VIX ES NQ CL GC ZN BTC ETH SOL XRP BTCUSDT ETHUSDT SOLUSDT "
    "BTCUSD ETHUSD EURUSD "
    "GBPUSD USDJPY AUDUSD USDCAD USDCHF NZDUSD EURGBP EURJPY GBPJPY EURCHF XAUUSD HYG LQD IEF SHY USO UNG "
    "VNQ DBC VEA VWO "
    "GDX GS WMT XOM CVX BA DIS IBM GE MCD NKE HD PG JNJ V MA PFE UNH ORCL CRM".split()
) - {"V", "MA"}
NAMES = frozenset(
    "apple tesla microsoft amazon google nvidia netflix bitcoin ethereum btcs ether crypto gold silver "
    "oil crude gas copper dax "
    "nasdaq sp500 dow ftse nikkei euro dollar yen pound cable fiber forex futures index facebook meta "
    "intel coca pepsi".split()
)
INDICES = frozenset(
    "dax mdax sdax tecdax nasdaq dow djia ftse ftse100 nikkei cac cac40 ibex smi aex eurostoxx stoxx stoxx50 "
    "eurostoxx50 hangseng kospi "
    "nifty banknifty finnifty sensex bovespa russell sp500 bitcoin ethereum".split()
)
"""Names of what has many tickers, or none: they are asked, however they are spelt."""
ABBREVIATIONS = frozenset(
    "pdh pdl orb hod lod htf ltf sr ta pa ibs ttm hh ll hl lh poc vah val fomc cpi nfp oi iv hv ib or hma "
    "lr bos choch fvg ob "
    "smc ict pnl roi apy ai api usa uk eu us fx otc etf etfs ipo eps pe ceo sec bb rr pdc pwh pwl cbdr "
    "asap fyi imo btw lol wtf "
    "nb ps tldr yolo fomo fud hodl dca ath atl ytd yoy mtf tv mt4 mt5 ea sql select drop table json xml "
    "html http https url "
    "usd eur gbp jpy rth eth gap pm am vix".split()
) - {"vix", "gap"}
