// Starts `strat lsp` and leaves everything to it: the server knows the language, this file knows the editor.

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

function serverOptions(settings) {
  return { command: settings.get("command"), args: ["lsp"], transport: TransportKind.stdio };
}

function clientOptions(settings) {
  return {
    documentSelector: [{ language: "strat" }],
    initializationOptions: { data: settings.get("data") },
  };
}

async function start() {
  const settings = vscode.workspace.getConfiguration("strat");
  client = new LanguageClient("strat", "Stratagem", serverOptions(settings), clientOptions(settings));
  try {
    await client.start();
  } catch (error) {
    const told = `\`${settings.get("command")} lsp\` does not start (${error.message}). Install it with ` +
      "`pip install 'stratagem[lsp]'`, or say where it is in the setting strat.command.";
    vscode.window.showErrorMessage(told);
  }
}

async function stop() {
  const old = client;
  client = undefined;
  if (old !== undefined) await old.stop().catch(() => undefined);
}

async function activate(context) {
  const again = async () => { await stop(); await start(); };
  context.subscriptions.push(vscode.commands.registerCommand("strat.restart", again));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("strat") && again()),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
