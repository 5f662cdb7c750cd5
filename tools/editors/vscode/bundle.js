// Makes dist/extension.js of extension.js and the client it uses, and beside it the licences of what was taken in.

const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

async function main() {
  const { metafile } = await esbuild.build({
    entryPoints: ["extension.js"], outfile: "dist/extension.js", bundle: true, platform: "node", target: "node20",
    external: ["vscode"], metafile: true, minify: true, logLevel: "warning",
  });
  const inputs = Object.keys(metafile.inputs).filter((name) => name.startsWith("node_modules/"));
  const packages = [...new Set(inputs.map((name) => name.slice(0, name.lastIndexOf("node_modules/")) + name.slice(name.lastIndexOf("node_modules/")).split("/").slice(0, 2).join("/")))].sort();
  const notices = packages.map((folder) => {
    const licence = fs.readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    if (licence === undefined) throw new Error(`${folder} says no licence`);
    return `${folder}\n\n${fs.readFileSync(path.join(folder, licence), "utf8").trim()}\n`;
  });
  fs.writeFileSync("dist/THIRD-PARTY.txt", notices.join("\n----\n\n"));
}

main().catch((error) => { console.error(error); process.exit(1); });
