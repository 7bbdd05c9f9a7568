// Runs a contender's wasm module: `node run.mjs module.wasm contender workload n` prints its figure.
import { readFile } from "node:fs/promises";

const [file, ...words] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(await readFile(file), { bench: { now: () => performance.now() } });
for (const byte of Buffer.from(words.join(" "))) instance.exports.push(byte);
const figure = instance.exports.run();
console.log(Number.isNaN(figure) ? "not expressible" : figure);
