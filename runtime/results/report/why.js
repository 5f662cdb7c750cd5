"use strict";
// Why a trade was entered and left: the parts of the statements that decided it, with their values at those closes.

class Why {
  constructor(data, trades) {
    this.data = data.why;
    this.skipped = trades - this.data.count;
    this.named = this.data.statements.map((statement) => new Map(
      statement.parts.filter((part) => part.name).map((part) => [part.name.toLowerCase(), part])));
    this.texts = this.data.statements.map((statement) => statement.parts.map((part) => part.text).join(" "));
  }

  // The statement of a trade's end ("entry" or "exit") and the row of its decision; null where no condition decided.
  end(trade, name) {
    const at = trade - this.skipped;
    if (at < 0 || this.data.count === 0) return null;
    const place = this.data.columns[`${name}_statement`][at];
    return place < 0 ? null : { place, statement: this.data.statements[place], row: this.data.columns[`${name}_row`][at] };
  }

  words(trade) {
    return ["entry", "exit"].map((name) => this.end(trade, name)).map((end) => (end ? this.texts[end.place] : "")).join(" ");
  }

  // The value that a name of the program had at the decision to enter; undefined where there is none.
  value(trade, name) {
    const end = this.end(trade, "entry");
    const part = end && this.named[end.place].get(name);
    return part ? end.statement.columns[part.value][end.row] : undefined;
  }

  show(trade, row) {
    const place = element("why");
    place.hidden = false;
    const title = document.createElement("h3");
    title.textContent = `Trade ${row.id}: ${row.side}, ${row.entry} to ${row.exit}, by ${row.reason}`;
    const ends = trade < this.skipped || this.data.count === 0 ? [this.note(this.missing())]
      : [...this.told("Entered", this.end(trade, "entry"), row), ...this.told("Left", this.end(trade, "exit"), row)];
    place.replaceChildren(title, ...ends);
  }

  missing() {
    return this.data.missing || `Only the last ${this.data.count.toLocaleString("en")} trades are explained here; strat why --trade N explains any.`;
  }

  told(what, end, row) {
    if (!end) return [this.note(`${what} by ${row.reason}, at ${priceText(row.exit_price)}: no condition of a statement decided it.`)];
    const { statement, row: at } = end;
    const head = document.createElement("p");
    head.textContent = `${what} by \u201c${statement.label}\u201d, line ${statement.line}:`;
    const list = document.createElement("ul");
    list.append(...statement.parts.map((part) => this.part(part, statement.columns, at)));
    return [head, list];
  }

  part(part, columns, at) {
    const line = document.createElement("li");
    line.style.marginLeft = `${(part.depth ?? 0) * 1.2}em`;
    const value = columns[part.value][at];
    if (part.kind === "bool") line.className = value ? "held" : "not";
    const told = document.createElement("b");
    told.textContent = this.words_of(part, columns, at, value);
    line.append(`${part.text}  `, told);
    return line;
  }

  words_of(part, columns, at, value) {
    let text = part.kind === "bool" ? "" : valueText(part, value);
    if (part.sides) text = part.sides.map((column) => priceText(columns[column][at])).join(` ${part.operator} `);
    if (part.before !== undefined) {
      const before = columns[part.before][at];
      text += `${text ? "; " : ""}before: ${part.kind === "bool" ? Boolean(before) : valueText(part, before)}`;
    }
    return text;
  }

  note(text) {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  }
}

function valueText(part, value) {
  if (!Number.isFinite(value)) return "na";
  if (part.kind === "minute") return `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
  return part.unit === "ratio" ? `${(value * 100).toLocaleString("en", { maximumSignificantDigits: 6 })}%` : priceText(value);
}
