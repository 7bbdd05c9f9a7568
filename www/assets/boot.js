// Loads the program that trunk has linked, and tells how far it is.
const url = (id) => document.getElementById(id).href;
const status = document.getElementById("loading");

async function fetchCounted(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be loaded (${response.status}).`);
  const size = Number(response.headers.get("content-length"));
  if (!size || response.headers.has("content-encoding")) return response;
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, out) {
        loaded += chunk.length;
        status.textContent = `Loading … ${Math.round((100 * loaded) / size)} %`;
        out.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { headers: { "content-type": "application/wasm" } });
}

const [program, binary] = await Promise.all([import(url("program")), fetchCounted(url("binary"))]);
await program.default({ module_or_path: binary });
