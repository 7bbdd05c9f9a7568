// Takes the README's picture from the release build in dist: node tests/e2e/picture.mjs
import { fileURLToPath } from "node:url";
import { launch, visit } from "./browser.mjs";
import { serve } from "./server.mjs";

const PICTURE = fileURLToPath(new URL("../../www/assets/playground.png", import.meta.url));

const site = await serve(new URL("../../dist/", import.meta.url));
const browser = await launch();
const page = await visit(browser, site, { viewport: { width: 1280, height: 800 }, colorScheme: "light" });
await page.open("#v1?fit");
await page.id("end").click();
await page.at(/t=\d+/);
await page.tab.screenshot({ path: PICTURE });
await page.close();
await browser.close();
site.close();
console.log(PICTURE);
