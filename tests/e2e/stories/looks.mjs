import assert from "node:assert/strict";

const PAGES = { playground: "#v1", gallery: "#v1/gallery", pair: "#v1/p10-nil-channel", single: "#v1/p25-fan-in", lint: "#v1/p69-fire-and-forget", hidden: "#v1/p67-map-header" };
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};

/** Axe is put in from outside, which the policy forbids: this visit alone does without the policy. */
const audit = (fragment, look) => async (page) => {
  const own = await page.again({ ...look, bypassCSP: true, reducedMotion: "reduce" });
  try {
    await own.open(fragment);
    await own.accessible();
    if (fragment !== PAGES.gallery) {
      await own.id("end").click();
      await own.tab.locator(".verdict.good, .verdict.bad").first().waitFor();
      await own.accessible();
      await own.id("explore").first().click();
      await own.id("replay").first().waitFor();
      // A small program has been explored by now.
      await own.tab.evaluate(() => document.querySelector("[data-testid=explore-stop]")?.click());
      await own.id("explore-verdict").waitFor();
      await own.accessible();
    }
    const wide = await own.tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, "the page scrolls sideways");
    own.assertClean();
  } finally {
    await own.close();
  }
};

const audits = Object.entries(LOOKS).flatMap(([look, options]) =>
  Object.entries(PAGES).map(([name, fragment]) => [`axe finds nothing: ${name}, ${look}`, audit(fragment, options)]),
);

export default {
  ...Object.fromEntries(audits),

  "the theme goes round and is remembered": async (page) => {
    await page.open();
    const theme = () => page.tab.evaluate(() => document.documentElement.dataset.theme ?? "system");
    const seen = [await theme()];
    for (let i = 0; i < 2; i += 1) {
      await page.id("theme").click();
      seen.push(await theme());
    }
    assert.deepEqual(seen, ["system", "light", "dark"]);
    await page.tab.reload();
    await page.tab.locator("#main").waitFor();
    assert.equal(await theme(), "dark");
  },

  "the lanes stay where they are when the run ends": async (page) => {
    await page.tab.setViewportSize({ width: 1280, height: 720 });
    for (const [fragment, lanes] of [["#v1", 1], ["#v1/p74-pool-ignores-cancel", 2]]) {
      await page.open(fragment);
      await page.id("end").click();
      await page.tab.locator(".verdict.bad").first().waitFor();
      const tops = () => page.tab.locator(".lanes").evaluateAll((all) => all.map((l) => l.getBoundingClientRect().top));
      const there = await tops();
      assert.equal(there.length, lanes);
      assert.equal(new Set(there).size, 1, "side by side");
      assert.ok(there[0] < 530, `the lanes begin at ${there[0]}`);
      await page.id("start").click();
      await page.tab.locator(".verdict.bad").first().waitFor({ state: "detached" });
      assert.deepEqual(await tops(), there);
    }
  },

  "the controls of time take one row below the slider on a laptop, whatever they say": async (page) => {
    await page.tab.setViewportSize({ width: 1280, height: 720 });
    await page.open("#v1?t=30");
    const beside = async (...ids) => {
      const [a, b] = await Promise.all(ids.map((id) => page.id(id).boundingBox()));
      assert.ok(a.y < b.y + b.height / 2 && b.y + b.height / 2 < a.y + a.height, `${ids} are in one row`);
    };
    await beside("cancel", "play");
    await beside("reroll", "scrub");
    await page.id("cancel").click();
    await page.shows("uncancel", "Cancelled at 30");
    await beside("uncancel", "play");
  },

  "what comes next keeps its place while stepping, and the exploration stays in sight": async (page) => {
    await page.tab.setViewportSize({ width: 1280, height: 720 });
    await page.open();
    await page.id("end").click();
    await page.id("verdict").waitFor();
    const places = { next: [], explore: [] };
    for (let t = 10; t <= 50; t += 1) {
      await page.id("scrub").fill(String(t));
      await page.shows("position", new RegExp(`^step ${t} `));
      for (const id of Object.keys(places)) places[id].push((await page.id(id).boundingBox()).y);
    }
    assert.ok(Math.max(...places.next) - Math.min(...places.next) < 40, `next: ${places.next}`);
    assert.ok(Math.max(...places.explore) < 720, `explore: ${places.explore}`);
  },

  "on a phone what comes next is above the editor, and a scenario's settings above its lanes": async (page) => {
    const own = await page.again(LOOKS["a phone"]);
    const top = async (id) => (await own.id(id).boundingBox()).y;
    await own.open("#v1?t=20");
    assert.ok((await top("next")) < (await top("text")));
    await own.open("#v1/p25-fan-in?t=20");
    assert.ok((await top("seed")) < (await own.tab.locator(".lanes").boundingBox()).y);
    await own.close();
  },

  "nothing of the head or of the axis is cut on a small phone": async (page) => {
    const own = await page.again({ ...LOOKS["a phone"], viewport: { width: 320, height: 640 } });
    await own.open("#v1?fit");
    await own.id("end").click();
    await own.id("verdict").waitFor();
    const tops = await own.tab.locator(".topbar > :is(.brand, nav, button)").evaluateAll((all) => all.map((e) => e.getBoundingClientRect().top));
    assert.ok(Math.max(...tops) - Math.min(...tops) < 20, `${tops}`);
    const cut = await own.tab.locator(".plot").evaluate((plot) => {
      const { left, right } = plot.getBoundingClientRect();
      const numbers = [...plot.querySelectorAll(".axis text")];
      return numbers.filter((n) => n.getBoundingClientRect().left < left || n.getBoundingClientRect().right > right).length;
    });
    assert.equal(cut, 0, "numbers are cut");
    await own.close();
  },

  "targets are large enough for a thumb": async (page) => {
    const own = await page.again(LOOKS["a phone"]);
    await own.open();
    for (const id of ["start", "back", "play", "step", "end"]) {
      const box = await own.id(id).boundingBox();
      assert.ok(box.height >= 44 && box.width >= 44, `${id}: ${box.width} × ${box.height}`);
      assert.ok(box.y + box.height <= 740, `${id} is below the fold`);
    }
    await own.close();
  },

  "what is switched on shows in the system's own colours, too": async (page) => {
    const own = await page.again({ forcedColors: "active", reducedMotion: "reduce" });
    await own.open();
    const knob = (stage) => own.id(stage).getByRole("switch").screenshot();
    const [on, off] = [await knob("stage-1"), await knob("stage-3")];
    assert.notDeepEqual(on, off, "stage 1 honours cancellation, and stage 3 does not");
    await own.close();
  },

  "a scenario's lanes are seen while stepping, on a phone and on a projector": async (page) => {
    for (const look of [LOOKS["a phone"], { viewport: { width: 960, height: 540 } }]) {
      const own = await page.again(look);
      await own.open("#v1/p59-disconnect-overtakes");
      await own.id("step").click();
      const lanes = await own.tab.locator(".lanes").first().boundingBox();
      const bar = await own.id("scrub").boundingBox();
      assert.ok(lanes.y + lanes.height <= bar.y, `the lanes end at ${lanes.y + lanes.height}, the bar begins at ${bar.y}`);
      own.assertClean();
      await own.close();
    }
  },

  "a phone tells of the chosen goroutine beside its lane": async (page) => {
    const own = await page.again(LOOKS["a phone"]);
    await own.open("#v1?t=40");
    await own.tab.locator(".lane-head button").nth(3).click();
    const told = await own.tab.locator(".inspect").boundingBox();
    const editor = await own.id("text").boundingBox();
    assert.ok(told.y < editor.y, "above the editor");
    await own.close();
  },

  "a program that does not come is told, too": async (page) => {
    await page.tab.route("**/*.wasm", (route) => route.abort());
    await page.tab.goto(page.url);
    await page.tab.getByRole("alert").getByText("The page has stopped.").waitFor();
    page.wrong.length = 0;
  },

  "a page that has stopped can be left for the gallery": async (page) => {
    await page.open("#v1?seed=3");
    await page.tab.evaluate(() => dispatchEvent(new CustomEvent("fanin-panic", { detail: "index out of bounds" })));
    await page.tab.evaluate(() => (window.before = true));
    await page.tab.getByRole("alert").getByRole("link", { name: "start at the gallery" }).click();
    await page.tab.waitForFunction(() => !window.before && document.querySelector("main.gallery"));
    assert.ok(await page.tab.locator("#crash").isHidden());
  },

  "a panic is told on the page": async (page) => {
    await page.open("#v1?seed=3");
    await page.tab.evaluate(() => dispatchEvent(new CustomEvent("fanin-panic", { detail: "index out of bounds" })));
    await page.tab.getByRole("alert").getByText("index out of bounds").waitFor();
    await page.tab.getByRole("button", { name: "Reload with the same link" }).click();
    await page.tab.locator("#main").waitFor();
    assert.equal(await page.id("seed").inputValue(), "3");
  },
};
