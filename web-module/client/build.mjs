// Bundles the call page into dist/: hashed names under assets/, which may be cached for ever, and index.html, which may not.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

const OUT = "dist";

await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/app/main.ts", "src/app/icon.svg"],
  outdir: `${OUT}/assets`,
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  sourcemap: "linked",
  format: "esm",
  target: ["chrome111", "firefox132", "safari16.4"],
  loader: { ".svg": "copy" },
  metafile: true,
  logLevel: "warning",
});

const outputs = Object.keys(metafile.outputs);
const address = (pattern) => `/assets/${basename(outputs.find((name) => pattern.test(name)))}`;
const page = (await readFile("src/app/index.html", "utf8"))
  .replace("{{script}}", address(/main-[^.]+\.js$/))
  .replace("{{style}}", address(/main-[^.]+\.css$/))
  .replace("{{icon}}", address(/icon-[^.]+\.svg$/));
await mkdir(OUT, { recursive: true });
await writeFile(`${OUT}/index.html`, page);
