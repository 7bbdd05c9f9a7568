// A browser, and a visit to the page that notices everything that must not happen.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const WIDE = { width: 1440, height: 900 };

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROME ?? BROWSERS.find(existsSync),
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });

/** A visit in a context of its own; `options` are those of a Playwright context. */
export async function visit(browser, site, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const tab = await context.newPage();
  tab.setDefaultTimeout(10_000);
  const wrong = [];
  tab.on("console", (m) => ["error", "warning"].includes(m.type()) && wrong.push(`console: ${m.text()}`));
  tab.on("pageerror", (e) => wrong.push(`error: ${e.message}`));
  tab.on("request", (r) => r.url().startsWith(site.url) || r.url().startsWith("data:") || wrong.push(`request: ${r.url()}`));
  tab.on("response", (r) => r.status() >= 400 && wrong.push(`${r.status()}: ${r.url()}`));
  await tab.addInitScript(() =>
    addEventListener("securitypolicyviolation", (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)),
  );

  const page = {
    tab,
    url: site.url,
    wrong,
    close: () => context.close(),
    id: (id) => tab.getByTestId(id),
    assertClean: () => assert.deepEqual(wrong, []),
    again: (more) => visit(browser, site, more),

    /** Opens a fragment and waits for the program; without any ("") it begins to play by itself. */
    async open(fragment = "#v1") {
      await tab.goto("about:blank");
      await tab.goto(site.url + fragment);
      await tab.locator("#main").waitFor();
    },

    /** Waits until the text of an element is as wanted. */
    async shows(id, wanted) {
      const matches = (text) => (wanted instanceof RegExp ? wanted.test(text) : text === wanted);
      let text;
      for (const end = Date.now() + 10_000; Date.now() < end; await tab.evaluate(() => new Promise(requestAnimationFrame))) {
        text = (await tab.getByTestId(id).allInnerTexts()).join(" ").replace(/\s+/g, " ").trim();
        if (matches(text)) return;
      }
      assert.fail(`${id} shows "${text}" and not ${wanted}`);
    },

    /** Waits until the address is as wanted. */
    at: (wanted) => tab.waitForFunction((w) => new RegExp(w).test(location.hash), wanted.source ?? wanted),

    async step() {
      return Number((await tab.getByTestId("scrub").inputValue()));
    },

    /** Asserts that axe finds nothing. */
    async accessible() {
      await tab.evaluate(AXE);
      const { violations } = await tab.evaluate(() => axe.run());
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).slice(0, 3).join(" ")}`), []);
    },
  };
  return page;
}
