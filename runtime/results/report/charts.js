"use strict";
// Fills the panes with what is in view. Of many bars it draws groups: a candle of each group, the extremes of a line.

const MOST_SHAPES = 900;
const MOST_TRADES = 1500;
const GRID = "rgba(136, 136, 136, 0.18)"; // on light and dark alike, and on paper
const DWARFED = 4; // times: where the benchmark needs so much more room than equity, equity has the pane alone
const MOST_MARKS = 300; // trades with marks at their ends: more would hide the prices, the others have a line alone

class Charts {
  constructor(data, document) {
    this.data = data;
    this.document = document;
    this.columns = data.columns;
    this.bars = data.columns.close.length;
    this.range = this.model("bars");
    this.panes = ["price", "beside", "volume", ...data.below.map((_, i) => `below${i}`), "equity", "drawdown", "exposure", "chosen"].map((name) => this.model(name));
    this.waiting = false;
    this.symbol = -1; // which of data.symbols the prices are of; -1 the timeline's own
    this.several = data.names.length > 0;
    this.besides = [...data.frames, ...data.symbols.map((symbol) => ({ title: data.names[symbol.at], columns: symbol.columns }))];
    this.beside = -1; // which of these has its candles beneath the prices
    if (this.columns.gross) this.model("exposure_title").text = "net and gross (dashed) value / equity";
    this.picking = () => {}; // called when another symbol is shown
    for (const end of ["start", "end"]) this.range.properties[end].change.connect(() => this.later());
  }

  model(name) {
    return this.document.get_model_by_name(name);
  }

  // What the first pane draws: a symbol's prices, or those of the timeline.
  get prices() {
    return this.symbol < 0 ? this.columns : this.data.symbols[this.symbol].columns;
  }

  // Of several symbols each has plots of its own, and the index of all has none.
  get plots() {
    return !this.several || this.symbol >= 0;
  }

  // The columns of a plot.
  plotted(kind, i) {
    return this.several ? this.data.symbols[this.symbol][kind][i] : this.data[kind][i].columns;
  }

  pickSymbol(at) {
    this.symbol = at;
    element("symbol").value = at;
    this.draw();
    this.picking();
  }

  // The place among all symbols of the one that is shown, -1 for none.
  get place() {
    return this.symbol < 0 ? -1 : this.data.symbols[this.symbol].at;
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  show(from, to) {
    const [low, high] = [Math.max(-0.5, from), Math.min(this.bars - 0.5, to)];
    this.range.setv({ start: low, end: Math.max(high, low + 1) });
  }

  // Buying and holding with the equity of the first tested bar in view, and with what is paid in or taken out.
  buyAndHold({ from, to }) {
    const { close, equity, flow } = this.columns;
    const begin = Math.max(from, this.data.first);
    const worth = from <= this.data.first ? this.data.capital : equity[begin];
    const held = new Float64Array(this.bars).fill(NaN);
    let later = 0; // units bought with what was paid in since, less those sold for what was taken out
    for (let i = begin; i <= to; i++) {
      if (flow && (i > begin || from <= this.data.first) && flow[i] && close[i]) later += flow[i] / close[i];
      held[i] = (worth * close[i]) / close[begin] + later * close[i];
    }
    return held;
  }

  // The first and last bar in view, and how many bars make a group.
  view() {
    const from = Math.max(0, Math.floor(this.range.start + 0.5));
    const to = Math.min(this.bars - 1, Math.ceil(this.range.end - 0.5));
    return { from, to, group: Math.max(1, Math.ceil((to - from + 1) / MOST_SHAPES)) };
  }

  draw() {
    if (!this.bars) return;
    const view = this.view();
    this.colours = colours();
    const prices = this.drawCandles(view, this.prices, "candles", this.symbol >= 0);
    this.data.over.forEach((plot, i) => widen(prices, this.drawPlot(`over${i}`, this.plots ? this.plotted("over", i).values : new Float64Array(this.bars).fill(NaN), view)));
    this.drawTrades(view, prices);
    this.frame("price", prices, 0.05);
    this.drawBeside(view);
    this.drawVolume(view);
    this.data.below.forEach((plot, i) => {
      this.model(`below${i}`).visible = this.plots;
      if (this.plots) this.frame(`below${i}`, this.drawLine(`below${i}_line`, this.plotted("below", i), "values", view), 0.08);
    });
    const equity = this.drawLine("equity_line", this.columns, "equity", view);
    const outside = this.withBenchmark(equity, this.drawLine("held", { held: this.buyAndHold(view) }, "held", view));
    this.frame("equity", equity, 0.06);
    const under = this.drawLine("under", this.columns, "drawdown", view);
    this.frame("drawdown", [Math.min(under[0], -1e-6), 0], 0.06, 0);
    const net = this.drawLine("net_line", this.columns, "net", view);
    if (this.columns.gross) widen(net, this.drawLine("gross_line", this.columns, "gross", view));
    widen(net, [0, 0]);
    this.frame("exposure", net, 0.08);
    const picked = this.data.choices[this.picked];
    this.model("chosen_title").text = picked?.title ?? "";
    if (picked) this.frame("chosen", this.drawLine("chosen_line", picked.columns, "values", view), 0.08);
    this.drawTicks(view);
    element("scale").textContent = this.grouped(view) + this.thinned + outside;
  }

  // The benchmark shares the pane of equity unless it would flatten it: then it may leave the pane, which is told.
  withBenchmark(equity, held) {
    const span = Math.max(equity[1] - equity[0], 1e-6 * Math.abs(equity[1]));
    if (Math.max(equity[1], held[1]) - Math.min(equity[0], held[0]) > DWARFED * span) return "Buying and holding leaves the pane of equity. ";
    widen(equity, held);
    return "";
  }

  // The column of the last pane is unpacked when it is first picked: a page has many, of which few are looked at.
  async pick(at) {
    const choice = this.data.choices[at];
    choice.unpacking ??= unpackedAll(choice.columns).then((columns) => { choice.columns = columns; });
    await choice.unpacking;
    this.picked = at;
    if (this.colours) this.draw();
  }

  // How many bars a candle is, and whether zooming in shows each.
  grouped({ group }) {
    const bars = group * this.data.group;
    if (bars === 1) return "";
    const told = `Each candle is ${bars.toLocaleString("en")} bars; `;
    return told + (this.data.group > 1 ? `zoom in to see groups of ${this.data.group.toLocaleString("en")}. ` : "zoom in to see every one. ");
  }

  // A line of the last value of each group, for plots among the candles; gives its extent.
  drawPlot(name, values, { from, to, group }) {
    const x = [], y = [], extent = [Infinity, -Infinity];
    for (let i = from - (from % group); i <= to; i += group) {
      const last = Math.min(i + group, this.bars) - 1;
      x.push((i + last) / 2);
      y.push(values[last]);
      widen(extent, [values[last], values[last]]);
    }
    this.model(name).data = { x, y };
    return extent;
  }

  // Candles of groups of bars. sparse: of a symbol that may have no bar at an event.
  drawCandles({ from, to, group }, { open, high, low, close }, name, sparse) {
    const made = { x: [], width: [], open: [], high: [], low: [], close: [], colour: [] };
    const extent = [Infinity, -Infinity];
    const start = from - (from % group);
    for (let i = start; i <= to; i += group) {
      const end = Math.min(i + group, this.bars);
      let top = -Infinity, bottom = Infinity, begun = i, last = end - 1;
      for (let j = i; j < end; j++) {
        if (high[j] > top) top = high[j];
        if (low[j] < bottom) bottom = low[j];
      }
      if (sparse) {
        while (begun < last && !(open[begun] === open[begun])) begun++;
        while (last > begun && !(close[last] === close[last])) last--;
        if (!(open[begun] === open[begun])) continue;
      }
      made.x.push((i + end - 1) / 2);
      made.width.push(0.66 * group);
      made.open.push(open[begun]);
      made.close.push(close[last]);
      made.high.push(top);
      made.low.push(bottom);
      made.colour.push(close[last] >= open[begun] ? this.colours.gain : this.colours.loss);
      widen(extent, [bottom, top]);
    }
    this.model(name).data = made;
    return extent;
  }

  // Candles of a higher timeframe, or of another symbol, beneath the prices.
  drawBeside(view) {
    const picked = this.besides[this.beside];
    this.model("beside").visible = Boolean(picked);
    if (!picked) return;
    this.model("beside_title").text = picked.title;
    const extent = picked.columns.from ? this.drawFrame(view, picked.columns) : this.drawCandles(view, picked.columns, "beside_candles", true);
    this.frame("beside", extent, 0.05);
  }

  // Candles of a higher timeframe, each as wide as the bars that it holds; of many, groups.
  drawFrame({ from, to }, { from: begins, to: ends, open, high, low, close }) {
    const size = this.data.group, seen = [];
    for (let i = 0; i < ends.length; i++) if (ends[i] > from * size && begins[i] < (to + 1) * size) seen.push(i);
    const every = Math.max(1, Math.ceil(seen.length / MOST_SHAPES));
    const made = { x: [], width: [], open: [], high: [], low: [], close: [], colour: [] };
    const extent = [Infinity, -Infinity];
    for (let i = (seen[0] ?? 0) - ((seen[0] ?? 0) % every); i <= (seen.at(-1) ?? -1); i += every) {
      const last = Math.min(i + every, ends.length) - 1;
      const [left, right] = [begins[i] / size - 0.5, ends[last] / size - 0.5];
      const row = { x: (left + right) / 2, width: 0.8 * (right - left), open: open[i], close: close[last] };
      row.high = Math.max(...high.slice(i, last + 1));
      row.low = Math.min(...low.slice(i, last + 1));
      row.colour = row.close >= row.open ? this.colours.gain : this.colours.loss;
      push(made, row);
      widen(extent, [row.low, row.high]);
    }
    this.model("beside_candles").data = made;
    return extent;
  }

  // The volume of each candle; no pane where it is not known.
  drawVolume({ from, to, group }) {
    const { volume } = this.prices;
    this.model("volume").visible = Boolean(volume);
    if (!volume) return;
    const x = [], width = [], y = [];
    for (let i = from - (from % group); i <= to; i += group) {
      const end = Math.min(i + group, this.bars);
      let sum = 0;
      for (let j = i; j < end; j++) sum += volume[j] || 0;
      x.push((i + end - 1) / 2);
      width.push(0.66 * group);
      y.push(sum);
    }
    this.model("volumes").data = { x, width, y };
    this.model("volume").y_range.setv({ start: 0, end: 1.08 * Math.max(...y) || 1 });
  }

  pickBeside(at) {
    this.beside = at;
    this.draw();
  }

  // A line through the extremes of each group, in the order in which they came; gives its own extent.
  // A column of groups of bars has columns of their extremes beside it.
  drawLine(line, columns, name, { from, to, group }) {
    const lows = columns[`${name}_low`] ?? columns[name], highs = columns[`${name}_high`] ?? columns[name];
    const x = [], y = [], extent = [Infinity, -Infinity];
    const take = (i, values) => { x.push(i); y.push(values[i]); };
    for (let i = from - (from % group); i <= to; i += group) {
      let low = -1, high = -1;
      for (let j = i; j < Math.min(i + group, this.bars); j++) {
        if (low < 0 || lows[j] < lows[low] || lows[low] !== lows[low]) low = j;
        if (high < 0 || highs[j] > highs[high] || highs[high] !== highs[high]) high = j;
      }
      if (lows[low] !== lows[low] && !x.length) continue; // a line begins with its first value
      if (low === high && !(lows[low] < highs[high])) take(low, lows);
      else if (low < high) { take(low, lows); take(high, highs); }
      else { take(high, highs); take(low, lows); }
      widen(extent, [lows[low], highs[high]]);
    }
    this.model(line).data = { x, y };
    return extent[0] <= extent[1] ? extent : [0, 1];
  }

  drawTrades({ from, to, group }, extent) {
    const t = this.data.trades.columns;
    const seen = [];
    for (let i = 0; i < t.side.length; i++) if (t.exit_index[i] >= from && t.entry_index[i] <= to && this.draws(i)) seen.push(i);
    const every = Math.ceil(seen.length / MOST_TRADES);
    const drawn = seen.filter((trade, i) => i % every === 0 || trade === this.chosen);
    const hint = this.several && this.symbol < 0 ? "Choose a symbol to see its trades. " : "";
    const marked = Math.ceil(drawn.length / MOST_MARKS);
    const few = marked > 1 ? `, ${Math.ceil(drawn.length / marked).toLocaleString("en")} of them with marks` : "";
    this.thinned = hint + (every > 1 || few ? `${drawn.length.toLocaleString("en")} of ${seen.length.toLocaleString("en")} trades are drawn${few}. ` : "");
    const links = { x0: [], y0: [], x1: [], y1: [], colour: [] };
    const marks = { x: [], y: [], marker: [], colour: [], edge: [], size: [] };
    const levels = { x0: [], x1: [], y: [], colour: [] };
    const size = drawn.length > 100 ? 6 : 9;
    const [low, high] = extent, near = 0.6 * (high - low); // levels further away are not worth flat candles
    for (const [place, i] of drawn.entries()) {
      const tone = t.pnl[i] >= 0 ? this.colours.gain : this.colours.loss;
      push(links, { x0: t.entry_index[i], y0: t.entry_price[i], x1: t.exit_index[i], y1: t.exit_price[i], colour: tone });
      if (place % marked && i !== this.chosen) continue;
      const grown = i === this.chosen ? size + 5 : size;
      const entry = t.side[i] > 0 ? "triangle" : "inverted_triangle";
      push(marks, { x: t.entry_index[i], y: t.entry_price[i], marker: entry, colour: this.colours.accent, edge: this.colours.panel, size: grown });
      push(marks, { x: t.exit_index[i], y: t.exit_price[i], marker: "circle", colour: tone, edge: this.colours.panel, size: grown - 1 });
      if (group > 1) continue;
      for (const [price, colour] of [[t.stop[i], this.colours.loss], [t.target[i], this.colours.gain]]) {
        if (price !== price) continue;
        push(levels, { x0: t.entry_index[i] - 0.4, x1: t.exit_index[i] + 0.4, y: price, colour });
        if (price > low - near && price < high + near) widen(extent, [price, price]);
      }
    }
    this.model("links").data = links;
    this.model("marks").data = marks;
    this.model("levels").data = levels;
  }

  // Whether a trade is one of the symbol that is shown.
  draws(trade) {
    return !this.several || this.data.trades.columns.symbol[trade] === this.place;
  }

  // Money and prices on a scale of ratios, or of amounts; what falls to 0 has no ratios.
  scale(ratios) {
    const [Scale, Ticker] = (ratios ? ["LogScale", "FixedTicker"] : ["LinearScale", "BasicTicker"]).map((name) => Bokeh.Models.get(name));
    for (const [name, ticks] of [["price", 8], ["equity", 4]]) {
      const pane = this.model(name);
      const { equity, equity_low } = this.columns, { low } = this.prices;
      if ((name === "price" ? low : equity_low ?? equity).some((value) => value <= 0)) continue;
      pane.y_scale = new Scale();
      pane.right[0].ticker = new Ticker(ratios ? {} : { desired_num_ticks: ticks });
    }
    this.draw();
  }

  frame(name, [low, high], room, top) {
    if (this.model(name).y_scale.type === "LogScale") {
      low = Math.max(low, high / 1e9);
      const factor = Math.pow(high / low, room) || 1.01;
      this.model(name).y_range.setv({ start: low / factor, end: high * factor });
      this.model(name).right[0].ticker.ticks = ratioTicks(low / factor, high * factor);
      return;
    }
    const span = high - low || Math.abs(high) * 0.01 || 1;
    this.model(name).y_range.setv({ start: low - span * room, end: top ?? high + span * room });
  }

  drawTicks({ from, to }) {
    const { ticks, labels } = calendarTicks(this.columns.seconds, from, to);
    this.model("ticks").ticks = ticks;
    for (const pane of this.panes) for (const axis of pane.below) axis.major_label_overrides = labels;
  }

  paint() {
    const { quiet } = colours();
    const made = [...this.panes, this.model("distribution")].filter((pane) => pane);
    for (const pane of made) {
      for (const axis of [...pane.below, ...pane.left, ...pane.right]) axis.major_label_text_color = quiet;
      for (const line of pane.center) if ("grid_line_color" in line.attributes) line.grid_line_color = line.grid_line_color && GRID;
    }
    this.draw();
  }
}

// 1, 2, 5 times powers of ten; of a narrow range, about five even steps.
function ratioTicks(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const step of [1, 2, 5]) ticks.push(step * Math.pow(10, power));
  }
  const seen = ticks.filter((tick) => tick >= low && tick <= high);
  if (seen.length > 3) return seen;
  const rough = (high - low) / 5, unit = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = unit * [1, 2, 5, 10].find((s) => s * unit >= rough);
  return Array.from({ length: 7 }, (_, i) => (Math.ceil(low / step) + i) * step).filter((tick) => tick <= high);
}

// Ticks where a year, month, day or hour begins, whichever gives about eight; labels a place in time.
function calendarTicks(seconds, from, to) {
  const span = seconds[to] - seconds[from] || 1;
  const steps = [60, 300, 900, 3600, 10800, 21600, 43200, 86400, 3 * 86400, 7 * 86400];
  const step = steps.find((s) => span / s <= 9);
  const key = step ? (s) => Math.floor(s / step) : monthKey(span);
  const ticks = [], labels = new Map();
  let before = key(seconds[from]);
  for (let i = from + 1; i <= to; i++) {
    const now = key(seconds[i]);
    if (now !== before) { ticks.push(i); labels.set(i, tickLabel(seconds[i], seconds[i - 1], step)); }
    before = now;
  }
  return { ticks, labels };
}

function monthKey(span) {
  const months = [1, 3, 6, 12, 24, 60, 120].find((m) => span / (m * 2629800) <= 10) ?? 240;
  return (s) => { const d = new Date(s * 1000); return Math.floor((d.getUTCFullYear() * 12 + d.getUTCMonth()) / months); };
}

function tickLabel(now, before, step) {
  const [a, b] = [isoTime(now), isoTime(before)];
  if (a.slice(0, 4) !== b.slice(0, 4)) return a.slice(0, 4);
  if (!step || a.slice(0, 7) !== b.slice(0, 7)) return MONTHS[+a.slice(5, 7) - 1];
  return a.slice(0, 10) !== b.slice(0, 10) ? String(+a.slice(8, 10)) : a.slice(11, 16);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function isoTime(seconds) {
  return new Date(seconds * 1000).toISOString();
}

function widen(extent, [low, high]) {
  if (low < extent[0]) extent[0] = low;
  if (high > extent[1]) extent[1] = high;
}

function push(columns, row) {
  for (const name in row) columns[name].push(row[name]);
}

function element(id) {
  return document.getElementById(id);
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["gain", "loss", "accent", "panel", "quiet", "ink"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
