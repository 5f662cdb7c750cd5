// The grammar by the engine that editors use, and the extension with an editor that only takes notes.
// Expected colours come from the one list of looks: `python -m stratagem.tools.editors.textmate --expected FILE…`.

const assert = require("node:assert");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const GRAMMAR = path.join(__dirname, "syntaxes", "strat.tmLanguage.json");

async function grammar() {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const onigLib = Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  });
  const loadGrammar = async () => textmate.parseRawGrammar(fs.readFileSync(GRAMMAR, "utf8"), GRAMMAR);
  return new textmate.Registry({ onigLib, loadGrammar }).loadGrammar("source.strat");
}

function coloured(language, text) {
  let stack = textmate.INITIAL;
  return text.split("\n").map((line) => {
    const found = language.tokenizeLine(line, stack);
    stack = found.ruleStack;
    return found.tokens
      .filter((token) => token.scopes.length > 1)
      .map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1)]);
  });
}

async function colours(expected) {
  const language = await grammar();
  for (const [file, lines] of Object.entries(expected)) {
    assert.deepStrictEqual(coloured(language, fs.readFileSync(file, "utf8")), lines, file);
  }
  return Object.keys(expected).length;
}

async function starts(fails) {
  const told = [];
  const settings = { command: "strat", data: "sample:AAPL" };
  const vscode = {
    workspace: { getConfiguration: () => ({ get: (name) => settings[name] }), onDidChangeConfiguration: () => ({}) },
    window: { showErrorMessage: (text) => told.push(["error", text]) },
    commands: { registerCommand: (name, run) => { told.push(["command", name]); vscode.run = run; return {}; } },
  };
  class LanguageClient {
    constructor(id, name, server, client) { told.push(["made", server.command, server.args, client.initializationOptions]); }
    async start() { if (fails) throw new Error("ENOENT"); told.push(["started"]); }
    async stop() { told.push(["stopped"]); }
  }
  const usual = Module._load;
  Module._load = (name, ...rest) =>
    name === "vscode" ? vscode : name === "vscode-languageclient/node" ? { LanguageClient, TransportKind: { stdio: 0 } } : usual(name, ...rest);
  delete require.cache[require.resolve("./extension.js")];
  const extension = require("./extension.js");
  Module._load = usual;
  await extension.activate({ subscriptions: [] });
  await vscode.run();
  await extension.deactivate();
  return told;
}

async function main() {
  const files = await colours(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
  const made = ["made", "strat", ["lsp"], { data: "sample:AAPL" }];
  assert.deepStrictEqual(await starts(false), [["command", "strat.restart"], made, ["started"], ["stopped"], made, ["started"], ["stopped"]]);
  assert.match((await starts(true)).find(([kind]) => kind === "error")[1], /pip install 'stratagem\[lsp\]'/);
  console.log(`colours of ${files} files and the start of the server: as expected`);
}

main().catch((error) => { console.error(error); process.exit(1); });
