// Installs what the client is built with, as its lock file says, unless that is there already.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

// npm writes its own copy of the lock file last.
const installed = "node_modules/.package-lock.json";
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs) {
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { stdio: "inherit" });
  process.exit(status ?? 1);
}
