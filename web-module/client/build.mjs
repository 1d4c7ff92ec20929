// Bundles the pages into dist/: hashed names under assets/, which may be cached for ever, and the pages themselves, which may not.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

const OUT = "dist";
const PAGES = { main: "index.html", admin: "admin.html" };

await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { main: "src/app/main.ts", admin: "src/app/admin/admin.ts", icon: "src/app/icon.svg" },
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

const names = Object.keys(metafile.outputs).map((output) => basename(output));
const address = (name, type) => `/assets/${names.find((one) => new RegExp(`^${name}-[^.]+\\.${type}$`).test(one))}`;
await mkdir(OUT, { recursive: true });
for (const [name, file] of Object.entries(PAGES)) {
  const page = (await readFile(`src/app/${file}`, "utf8"))
    .replace("{{script}}", address(name, "js"))
    .replace("{{style}}", address(name, "css"))
    .replace("{{icon}}", address("icon", "svg"));
  await writeFile(`${OUT}/${file}`, page);
}
