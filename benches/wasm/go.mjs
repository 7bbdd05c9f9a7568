// Runs the Go twin's wasm: `node go.mjs wasm_exec.js module.wasm contender workload n` prints its figure.
import { readFile } from "node:fs/promises";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [glue, file, ...words] = process.argv.slice(2);
globalThis.fs = fs;
createRequire(import.meta.url)(resolve(glue));
const go = new globalThis.Go();
go.argv = ["go-bench", ...words];
go.exit = process.exit;
const { instance } = await WebAssembly.instantiate(await readFile(file), go.importObject);
await go.run(instance);
