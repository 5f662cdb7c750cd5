"use strict";
// The trades table: sorted by a click on a column, filtered by words and comparisons, a page at a time.

const PAGE = 25;
const COLUMNS = [
  ["id", "#", "number"], ["side", "Side", ""], ["quantity", "Quantity", "number"], ["entry", "Entry", ""],
  ["entry_price", "at", "number"], ["exit", "Exit", ""], ["exit_price", "at", "number"], ["return", "Return %", "number"],
  ["pnl", "Money", "number"], ["fees", "Fees", "number"], ["bars", "Bars", "number"], ["mae", "Worst", "number"],
  ["mfe", "Best", "number"], ["reason", "Exit by", ""], ["why", "Because", "reason"],
];
const TIPS = {
  entry: "When the bar of the entry opened; close: it filled at that bar's close",
  exit: "When the bar of the exit opened; close: it left at that bar's close",
  return: "Money after fees / entry notional, in percent", pnl: "Money after fees", bars: "Bar of the exit − bar of the entry",
  mae: "Worst excursion in money, before fees", mfe: "Best excursion in money, before fees",
};

class Trades {
  constructor(data, charts) {
    this.data = data.trades;
    this.charts = charts;
    this.shown = data.names.length ? [COLUMNS[0], ["symbol", "Symbol", ""], ...COLUMNS.slice(1)] : COLUMNS;
    this.why = new Why(data, this.data.columns.side.length);
    this.rows = Array.from(this.data.columns.side, (_, i) => this.row(i, data));
    this.by = "id";
    this.down = true;
    this.start = 0;
    this.head();
    element("filter").addEventListener("input", () => { this.start = 0; this.draw(); });
    element("newer").addEventListener("click", () => { this.start -= PAGE; this.draw(); });
    element("older").addEventListener("click", () => { this.start += PAGE; this.draw(); });
    element("before").addEventListener("click", () => this.step(-1));
    element("after").addEventListener("click", () => this.step(1));
    this.draw();
  }

  row(i, data) {
    const t = this.data.columns;
    const when = (seconds) => isoTime(seconds).slice(0, data.daily ? 10 : 16).replace("T", " ");
    const texts = [this.data.texts[this.data.entry_text[i]], this.data.texts[this.data.exit_text[i]]];
    const row = { at: i, id: this.data.skipped + i + 1, side: t.side[i] < 0 ? "short" : "long" };
    const close = (moment) => (moment === 2 ? " close" : "");
    [row.entry, row.exit] = [when(t.entry_seconds[i]) + close(t.entry_moment[i]), when(t.exit_seconds[i]) + close(t.exit_moment[i])];
    for (const name of ["quantity", "entry_price", "exit_price", "fees", "pnl", "bars", "mae", "mfe"]) row[name] = t[name][i];
    row.return = t.return[i] * 100;
    row.reason = this.data.reasons[t.reason[i]] + (i >= this.data.closed ? " (open)" : "") + (t.ambiguous[i] ? " (ambiguous)" : "");
    row.why = texts.filter((text) => text).join(" → ");
    row.symbol = data.names.length ? data.names[t.symbol[i]] : "";
    row.words = `${row.symbol} ${row.side} ${row.entry} ${row.exit} ${row.reason} ${row.why} ${this.why.words(i)}`.toLowerCase();
    return row;
  }

  head() {
    const line = document.createElement("tr");
    for (const [name, title, kind] of this.shown) {
      const cell = document.createElement("th");
      cell.className = kind;
      cell.textContent = title;
      cell.title = TIPS[name] ?? "";
      cell.dataset.name = name;
      cell.addEventListener("click", () => { this.down = this.by === name ? !this.down : false; this.by = name; this.start = 0; this.draw(); });
      line.append(cell);
    }
    element("table").tHead.replaceChildren(line);
  }

  // Rows that hold every word; `return > 5` and the like compare a column.
  chosenRows() {
    const text = element("filter").value.toLowerCase();
    const tests = [];
    const numbered = text.replace(/#\s*(\d+)/g, (_, id) => { tests.push((row) => row.id === +id); return " "; });
    const words = numbered.replace(/([a-z_][\w.]*)\s*(<=|>=|<|>|=)\s*(-?[\d.]+)/g, (_, name, sign, bound) => {
      const column = { money: "pnl", worst: "mae", best: "mfe", "#": "id" }[name] ?? name;
      tests.push((row) => compare(row[column] ?? this.why.value(row.at, name), sign, +bound));
      return " ";
    }).split(/\s+/).filter((word) => word);
    const rows = this.rows.filter((row) => tests.every((test) => test(row)) && words.every((word) => row.words.includes(word)));
    const sign = this.down ? -1 : 1;
    return rows.sort((a, b) => sign * order(a[this.by], b[this.by]) || a.id - b.id);
  }

  draw() {
    const rows = this.chosenRows();
    this.start = Math.max(0, Math.min(this.start, rows.length - 1));
    this.start -= this.start % PAGE;
    const lines = rows.slice(this.start, this.start + PAGE).map((row) => this.line(row));
    element("table").tBodies[0].replaceChildren(...lines);
    const last = Math.min(this.start + PAGE, rows.length);
    element("place").textContent = rows.length ? `${this.start + 1}–${last} of ${rows.length.toLocaleString("en")}` : "none";
    element("newer").disabled = this.start === 0;
    element("older").disabled = last >= rows.length;
    for (const cell of element("table").tHead.rows[0].cells) cell.classList.toggle("by", cell.dataset.name === this.by);
  }

  line(row) {
    const line = document.createElement("tr");
    line.classList.toggle("chosen", row.at === this.charts.chosen);
    for (const [name, , kind] of this.shown) {
      const cell = line.insertCell();
      cell.className = kind;
      cell.textContent = typeof row[name] === "number" ? cellText(name, row[name]) : row[name];
      if (name === "why") cell.title = row.why;
      if (name === "return" || name === "pnl") cell.classList.add(row[name] > 0 ? "gain" : "loss");
    }
    line.addEventListener("click", () => { this.choose(row.at); element("chart").scrollIntoView({ behavior: "smooth" }); });
    return line;
  }

  // Show a trade in the chart, with room on both sides, and mark its row.
  choose(trade) {
    const t = this.data.columns;
    if (!(trade >= 0 && trade < t.side.length)) return;
    this.charts.chosen = trade;
    const own = this.charts.data.symbols.findIndex((symbol) => symbol.at === t.symbol[trade]);
    if (own >= 0) this.charts.pickSymbol(own);
    const room = Math.max(30, 1.2 * (t.exit_index[trade] - t.entry_index[trade]));
    this.charts.show(t.entry_index[trade] - room, t.exit_index[trade] + room);
    this.charts.later();
    this.why.show(trade, this.rows[trade]);
    this.reveal(trade);
  }

  reveal(trade) {
    const at = this.chosenRows().findIndex((row) => row.at === trade);
    if (at >= 0) this.start = at;
    this.draw();
  }

  step(by) {
    const count = this.data.columns.side.length;
    const now = this.charts.chosen ?? (by > 0 ? -1 : count);
    this.choose(Math.max(0, Math.min(count - 1, now + by)));
  }

  // The trade whose entry or exit lies nearest to a place in the chart, within a few steps of the screen.
  nearest(bar) {
    const t = this.data.columns;
    const reach = (this.charts.range.end - this.charts.range.start) / 60;
    let best = -1, least = Math.max(reach, 1);
    for (let i = 0; i < t.side.length; i++) {
      const away = Math.min(Math.abs(t.entry_index[i] - bar), Math.abs(t.exit_index[i] - bar));
      if (away < least && this.charts.draws(i)) { least = away; best = i; }
    }
    return best;
  }
}

function compare(value, sign, bound) {
  if (typeof value !== "number") return false;
  return { "<": value < bound, ">": value > bound, "<=": value <= bound, ">=": value >= bound, "=": value === bound }[sign];
}

function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function cellText(name, value) {
  if (name === "id" || name === "bars") return value.toLocaleString("en");
  if (name.endsWith("price") || name === "quantity") return priceText(value);
  return value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function priceText(value) {
  return Number.isFinite(value) ? value.toLocaleString("en", { maximumSignificantDigits: 8 }) : "–";
}
