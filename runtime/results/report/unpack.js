"use strict";
// Columns as `pack.py` packs them: base64, deflate, byte planes, zigzag differences, steps of a decimal grid.

async function inflated(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function unpacked(column) {
  const { count, decimals, base } = column;
  const planes = await inflated(column.bytes);
  const values = new Float64Array(count);
  const unit = Math.pow(10, Math.abs(decimals));
  let whole = base;
  for (let i = 0; i < count; i++) {
    const zigzag = (planes[i] | (planes[count + i] << 8) | (planes[2 * count + i] << 16) | (planes[3 * count + i] << 24)) >>> 0;
    whole += (zigzag & 1) ? -((zigzag + 1) / 2) : zigzag / 2;
    values[i] = decimals >= 0 ? whole / unit : whole * unit;
  }
  if (column.missing) {
    const bits = await inflated(column.missing);
    for (let i = 0; i < count; i++) if (bits[i >> 3] & (128 >> (i & 7))) values[i] = NaN;
  }
  return values;
}

async function unpackedAll(columns) {
  const names = Object.keys(columns);
  const arrays = await Promise.all(names.map((name) => unpacked(columns[name])));
  return Object.fromEntries(names.map((name, i) => [name, arrays[i]]));
}
