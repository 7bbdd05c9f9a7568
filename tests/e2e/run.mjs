// Runs every story against the release build in dist, in a real browser: node tests/e2e/run.mjs [name ...]
import { readdir } from "node:fs/promises";
import { launch, visit } from "./browser.mjs";
import { serve } from "./server.mjs";

const wanted = process.argv.slice(2);
const files = (await readdir(new URL("stories/", import.meta.url))).filter((f) => f.endsWith(".mjs")).sort();
const site = await serve(new URL("../../dist/", import.meta.url));
const browser = await launch();
console.log(`chromium ${browser.version()}, ${site.url}`);

let passed = 0;
let failed = 0;
for (const file of files) {
  const stories = await import(new URL(`stories/${file}`, import.meta.url));
  for (const [name, story] of Object.entries(stories.default)) {
    const title = `${file.replace(".mjs", "")}: ${name}`;
    if (wanted.length > 0 && !wanted.some((w) => title.includes(w))) continue;
    const page = await visit(browser, site);
    try {
      await story(page);
      page.assertClean();
      passed += 1;
      console.log(`ok   ${title}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${title}\n${error.stack}`);
    } finally {
      await page.close();
    }
  }
}
await browser.close();
site.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
