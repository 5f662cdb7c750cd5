"use strict";
// Puts the page together: unpacks, embeds the figures, connects charts, table, readout, theme.

async function main() {
  const data = JSON.parse(element("data").textContent);
  data.columns = await unpackedAll(data.columns);
  data.trades.columns = await unpackedAll(data.trades.columns);
  for (const plot of [...data.over, ...data.below]) plot.columns = await unpackedAll(plot.columns);
  for (const frame of data.frames) frame.columns = await unpackedAll(frame.columns);
  for (const symbol of data.symbols) {
    symbol.columns = await unpackedAll(symbol.columns);
    for (const plot of [...symbol.over, ...symbol.below]) plot.values = (await unpackedAll(plot)).values;
  }
  data.why.columns = await unpackedAll(data.why.columns);
  for (const statement of data.why.statements) statement.columns = await unpackedAll(statement.columns);
  await Bokeh.embed.embed_item(data.panes);
  const charts = new Charts(data, Bokeh.documents[0]);
  if (data.choices.length) await charts.pick(0);
  if (data.distribution) {
    await Bokeh.embed.embed_item(data.distribution);
    const apart = Bokeh.documents[1], shared = charts.document;
    charts.model = (name) => shared.get_model_by_name(name) ?? apart.get_model_by_name(name);
  } else {
    element("returns").hidden = true;
  }
  const trades = new Trades(data, charts);
  legend(charts);
  theme(charts);
  choices(charts);
  besides(charts);
  symbols(charts);
  connect(charts, trades);
  readout(charts, charts.bars - 1);
  document.documentElement.dataset.ready = "yes";
}

function legend({ data, plots }) {
  const entries = plots ? [...data.over, ...data.below].map((plot) => [plot.title, plot.colour]) : [];
  entries.push(["equity", "#3b82c4"], [data.names.length ? "the index from the left edge" : "buy and hold from the left edge", "#888888"]);
  element("legend").replaceChildren(...entries.map(([title, colour]) => {
    const entry = document.createElement("span"), line = document.createElement("i");
    line.style.background = colour;
    entry.append(line, title);
    return entry;
  }));
}

// What the last pane shows.
function choices(charts) {
  const select = element("choice");
  select.replaceChildren(...charts.data.choices.map((choice, at) => new Option(choice.title, at)));
  select.addEventListener("change", () => charts.pick(+select.value));
}

// Whose candles are beneath the prices: those of a higher timeframe, or of another symbol.
function besides(charts) {
  const select = element("beside");
  select.append(...charts.besides.map(({ title }, at) => new Option(title, at)));
  element("besides").hidden = charts.besides.length === 0;
  select.addEventListener("change", () => charts.pickBeside(+select.value));
}

// Whose prices the first pane shows, where there are several symbols.
function symbols(charts) {
  const select = element("symbol");
  select.addEventListener("change", () => charts.pickSymbol(+select.value));
  charts.picking = () => { legend(charts); readout(charts, charts.told); };
}

// A row of the drawdowns shows its span, with room on both sides.
function showDrawdowns(charts) {
  for (const row of document.querySelectorAll(".drops tbody tr")) {
    const show = () => {
      const [from, to] = [+row.dataset.from, +row.dataset.to], room = Math.max(20, 0.3 * (to - from));
      charts.show(from - room, to + room);
      element("chart").scrollIntoView({ behavior: "smooth" });
    };
    row.addEventListener("click", show);
    row.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
  }
}

function connect(charts, trades) {
  showDrawdowns(charts);
  for (const pane of charts.panes) {
    pane.on_event("mousemove", (event) => readout(charts, Math.round(event.x)));
    pane.on_event("tap", (event) => trades.choose(trades.nearest(event.x)));
  }
  const log = element("log");
  log.addEventListener("click", () => {
    log.ariaPressed = String(log.ariaPressed !== "true");
    charts.scale(log.ariaPressed === "true");
  });
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(charts, button.dataset.zoom));
  }
}

function zoom(charts, bars) {
  const end = Math.min(charts.range.end, charts.bars - 0.5);
  const wide = bars / charts.data.group;
  if (bars === "all") charts.show(-0.5, charts.bars); else charts.show(Math.max(-0.5, end - wide), Math.max(end, wide));
}

// One line that tells everything about the bar under the pointer.
function readout(charts, bar) {
  const c = charts.columns;
  if (!(bar >= 0 && bar < charts.bars)) return;
  const when = isoTime(c.seconds[bar]).slice(0, charts.data.daily ? 10 : 16).replace("T", " ");
  charts.told = bar;
  const parts = [["", when]];
  for (const name of ["open", "high", "low", "close"]) parts.push([name[0].toUpperCase(), priceText(charts.prices[name][bar])]);
  if (charts.prices.volume) parts.push(["V", priceText(charts.prices.volume[bar])]);
  if (charts.plots) for (const kind of ["over", "below"]) charts.data[kind].forEach((plot, i) => parts.push([plot.title, priceText(charts.plotted(kind, i).values?.[bar])]));
  const picked = charts.data.choices[charts.picked];
  if (picked) parts.push([picked.title, priceText(picked.columns.values[bar])]);
  if (bar >= charts.data.first) {
    parts.push(["equity", cellText("equity", c.equity[bar])], ["drawdown", `${(c.drawdown[bar] * 100).toFixed(2)}%`], ["held", `${(c.net[bar] * 100).toFixed(1)}%`], [charts.several && charts.symbol < 0 ? "symbols held" : "position", priceText(charts.prices.quantity[bar])]);
  }
  element("readout").replaceChildren(...parts.map(([name, value]) => {
    const part = document.createElement("span"), strong = document.createElement("b");
    strong.textContent = value;
    part.append(name ? `${name} ` : "", strong);
    return part;
  }));
}

// Light or dark as the reader's system has it, or as the button says.
function theme(charts) {
  const root = document.documentElement;
  const wanted = new URLSearchParams(location.hash.slice(1)).get("theme");
  root.dataset.theme = wanted ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  element("theme").addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    charts.paint();
  });
  charts.paint();
}

main();
