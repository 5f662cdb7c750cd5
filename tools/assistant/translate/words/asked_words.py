"""Words that turn, measure, time, count or compare, or that name something of markets no rule here knows.

Each is asked about where no phrase of the vocabulary says what it means. None of them may stand among the everyday
words, whatever sentence it decorates today: in the next one it is the condition.
"""

ASKED = frozenset(
    """
    neither nor except unlike whether alternatively conversely respectively vice depending depend depends
    prevent prevents preventing exclude excludes excluding excluded disable disables disabled fails fail failed
    failing failure lack lacks missing absent absence otherwise unless until till contrary prohibited banned
    forbidden other others another second third fourth fifth seventh ninth previous previously former latter
    next last penultimate subsequent subsequently double doubled triple tripled single several few multiple
    various numerous additional extra further remainder rest majority minority most least fewer half quarter
    couple dozen dozens hundreds during while throughout overnight eventually suddenly gradually slowly rapidly
    briefly soon late later early earlier recent recently newly temporary permanent eternal seasonal season
    winter summer spring autumn christmas easter easterly thanksgiving halloween election elections holiday
    holidays vacation weekend midnight sunrise sunset dawn dusk morning evening afternoon noon lunchtime monthly
    weekly hourly annual annually nightly fortnight fortnightly biweekly semester trimester daylight strong
    stronger strongest weak weaker weakest strength weakness sharp sharper sharply steep steeper gentle shallow
    deep deeper deepest heavy heavier heavily light lighter thin thick huge massive enormous giant tiny large
    larger largest small smaller smallest big bigger biggest major minor significant significantly considerable
    considerably substantial substantially excessive excessively extreme extremely moderate moderately severe
    dramatic dramatically mild slight slightly steady stable stability unstable smooth rough tight loose narrow
    wide wider wild quiet calm noisy hot cold warm fresh stale clean dirty dry liquid illiquid thinly cheap
    cheaper expensive pricey overpriced underpriced undervalued overvalued rich attractive favorable favourable
    unfavorable adverse healthy unhealthy solid sustainable sustained aggressive aggressively conservative
    conservatively safe safer risky riskier dangerous almost nearly barely hardly roughly approximately mostly
    partly partially largely closely relatively fairly highly vastly enough sufficient sufficiently insufficient
    adequate ample flexible flexibly dynamic dynamically adaptive adaptively variable static constant constantly
    consistent consistently continuous continuously repeated repeatedly frequent frequently occasional
    occasionally often seldom rarely sometimes regularly random randomly alternate alternating volatile
    volatility choppy trending ranging sideways consolidating consolidation consolidates accumulation
    distribution trend trends trendline uptrend downtrend rally rallies correction corrections reversal
    reversals retracement pullback bounce rebound recovery recovering spike crash selloff capitulation
    exhaustion climax blowoff squeeze breakdown breakouts fakeout fakeouts whipsaw whipsaws bubble bust boom
    recession inflation deflation unemployment interest rates yield yields dividend dividends split splits
    merger mergers acquisition ipo buyback buybacks guidance revenue revenues earnings income margin margins
    debt valuation valuations fundamentals fundamental news announcement announcements press rumor rumors rumour
    rumours sentiment report reports release releases fed fomc cpi nfp gdp treasury congress senate war wars
    sanctions tariff tariffs tweet tweets martingale antimartingale kelly grid hedge hedged hedging arbitrage
    correlation correlated uncorrelated cointegration beta alpha sharpe sortino spread spreads premium discount
    basis contango backwardation carry swap swaps option options call calls straddle strangle condor gamma theta
    vega delta futures forward forwards bond bonds commodity commodities index indices sector sectors industry
    benchmark constituents peers support supports supported resistance pivot pivots floor ceiling supply demand
    imbalance liquidity orderflow footprint tape depth bidder offers bids spoof iceberg whale whales insider
    insiders institutional institutions retail bulls bears buyers sellers pattern patterns wedge wedges flag
    flags pennant pennants triangle triangles cup rectangle wave waves fibonacci gann elliott harmonic harmonics
    wyckoff ichimoku renko kagi heikin doji hammer harami marubozu divergence divergences convergence confluence
    chances probability probabilities odds accuracy ratio ratios threshold thresholds filters score scores rank
    ranks ranking ranked rating ratings signal winning losing winner winners loser losers profitable
    unprofitable streak streaks overbought oversold overextended extended stretched exhausted extension reduce
    reduces reducing reduced decrease decreases decreasing increase increases increasing raise raises tighten
    tightens tightening loosen loosens loosening widen widens widening shrink shrinks shrinking expand expands
    expanding contract contracts contracting compress compression accelerate accelerates accelerating decelerate
    decelerating slow slows slowing speed fade fades stall stalls stalling change changes changing changed
    modify modifies modified adjust adjusts adjusting adjusted shift shifts replace replaces replacing replaced
    cancel skip skips skipping ignore ignores ignoring ignored delay delays delayed delaying postpone hold
    freeze pause resume diversify diversified allocate share shares divide divided rotate reinvest compound
    compounding compounded withdraw withdrawal deposit deposits close closer closest near nearer nearest far
    farther away towards toward beyond against equal equals same identical similar opposite inverse reversed
    mirror minimum maximum limit limits limited cap capped unlimited average averaged fast faster slower short
    shorter long longer future historical historically positive negative neutral touch touches retest retests
    reject rejects rejected rejection defend defends history seasonality cyclical cycle cycles forever dead
    global economic hugely enormously virtually regular primary upcoming reward credit restart record sugar
    coffee corn wheat cocoa pork rice milk cattle
    """.split()
)
