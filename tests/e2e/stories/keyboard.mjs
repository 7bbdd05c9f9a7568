import assert from "node:assert/strict";

export default {
  "all of time by keys": async (page) => {
    await page.open();
    const press = (key) => page.tab.keyboard.press(key);
    await press("ArrowRight");
    await press(".");
    await page.shows("position", /^step 2 /);
    await press("ArrowLeft");
    await page.shows("position", /^step 1 /);
    await press("End");
    await page.shows("count-leaked", /^[1-9] leaked$/);
    await press("[");
    await page.shows("story", /closes|cancels/);
    await press("Home");
    await page.shows("position", /^step 0 /);
    await press("Space");
    await page.shows("play", "Pause");
    await press("Space");
    await page.shows("play", "Run");
    await press("1");
    await page.at(/picks=/);
    await press("r");
    await page.at(/seed=/);
    await press("j");
    await page.tab.locator(".lane-head button[aria-pressed=true]").waitFor();
  },

  "a goroutine's own steps, the exploration, and the run from the slider, by keys": async (page) => {
    await page.open();
    const press = (key) => page.tab.keyboard.press(key);
    await press("End");
    await page.shows("count-leaked", /^[1-9] leaked$/);
    const last = await page.step();
    await press("j");
    await press("Shift+ArrowLeft");
    const own = await page.step();
    assert.ok(own < last - 1, "past the steps of others");
    await page.shows("story", /^main/);
    await press("Shift+ArrowLeft");
    await page.shows("story", /^main/);
    await press("Shift+ArrowRight");
    await page.shows("position", new RegExp(`^step ${own} `));
    await page.id("scrub").focus();
    await press("e");
    await page.id("explore-stop").waitFor();
    await press("e");
    await page.id("explore-verdict").waitFor();
    await page.id("scrub").focus();
    await press("Space");
    await page.shows("play", "Pause");
  },

  "help opens, closes, and switches single keys off": async (page) => {
    await page.open();
    await page.tab.keyboard.press("?");
    const dialog = page.tab.getByRole("dialog", { name: "Help" });
    await dialog.waitFor();
    await dialog.getByRole("switch").click();
    await page.tab.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.tab.keyboard.press(".");
    await page.tab.keyboard.press("ArrowRight");
    await page.shows("position", /^step 1 /);
  },

  "keys that are typed into the text are only text": async (page) => {
    await page.open();
    await page.id("text").focus();
    await page.id("text").press("End");
    await page.tab.keyboard.type(" r?c");
    await page.tab.waitForFunction(() => document.querySelector("textarea").value.endsWith(" r?c"));
    // What has the focus next is drawn after all of that.
    await page.id("step").click();
    await page.shows("position", /^step 1 /);
    assert.equal(await page.id("seed").inputValue(), "1");
    assert.equal(await page.id("uncancel").count(), 0);
    assert.equal(await page.tab.getByRole("dialog").count(), 0);
  },

  "keys that do nothing are left to the browser": async (page) => {
    await page.open("#v1/gallery");
    // A key that comes while the page still glides is lost: it is pressed again.
    const scrolls = async (key, there) => {
      for (let i = 0; i < 100 && !(await page.tab.evaluate(there)); i += 1) {
        await page.tab.keyboard.press(key);
        await page.tab.evaluate(() => new Promise(requestAnimationFrame));
      }
      assert.ok(await page.tab.evaluate(there), `${key} does not scroll`);
    };
    await scrolls("Space", () => scrollY > 0);
    await scrolls("End", () => scrollY + innerHeight > document.documentElement.scrollHeight - 2);
    await scrolls("Home", () => scrollY === 0);
  },

  "a text that is too long is scrolled by keys, and only then": async (page) => {
    await page.tab.setViewportSize({ width: 1100, height: 700 });
    await page.open("#v1/p25-fan-in?t=30");
    const pre = page.tab.locator(".source pre");
    await page.id("p25-fan-in").getByText("pub async fn main").waitFor();
    await pre.evaluate((pre) => (pre.style.width = "300px"));
    await pre.focus();
    await page.tab.keyboard.press("ArrowRight");
    await page.tab.waitForFunction(() => document.querySelector(".source pre").scrollLeft > 0);
    await page.shows("position", /^step 30 /);
    await pre.evaluate((pre) => (pre.style.height = "150px"));
    await page.tab.keyboard.press("End");
    await page.tab.waitForFunction(() => document.querySelector(".source pre").scrollTop > 0);
    await page.shows("position", /^step 30 /);
    await pre.evaluate((pre) => (pre.style.cssText = "max-height: none; width: 4000px"));
    await page.tab.keyboard.press("ArrowRight");
    await page.shows("position", /^step 31 /);
    await page.tab.keyboard.press("End");
    await page.id("verdict").waitFor();
  },

  "an edit is undone where it can be seen": async (page) => {
    await page.open("#v1?p=range+1..6/take+2");
    await page.id("stage-1").getByRole("switch").click();
    await page.at(/no-cancel/);
    await page.tab.getByRole("link", { name: "Gallery" }).click();
    await page.tab.getByRole("link", { name: /Fan-in: many channels/ }).click();
    await page.at(/p25-fan-in/);
    for (const key of ["r", ".", "."]) await page.tab.keyboard.press(key);
    await page.shows("position", /^step 2 /);
    const seed = await page.id("seed").inputValue();
    for (const key of ["u", "Control+z", "Control+y"]) await page.tab.keyboard.press(key);
    await page.tab.keyboard.press(".");
    await page.shows("position", /^step 3 /);
    assert.equal(await page.id("seed").inputValue(), seed);
    await page.tab.getByRole("link", { name: "Playground", exact: true }).click();
    await page.at(/no-cancel/);
    await page.tab.locator("#main").focus();
    await page.tab.keyboard.press("u");
    await page.at(/^#v1\?p=range\+1\.\.6\/take\+2$/);
  },

  "the help gives the focus back": async (page) => {
    await page.open("#v1?t=9");
    const button = page.tab.getByRole("button", { name: "Help and keys" });
    const dialog = page.tab.getByRole("dialog", { name: "Help" });
    const ways = [() => page.tab.keyboard.press("Escape"), () => dialog.getByRole("button", { name: "Close" }).click()];
    for (const close of ways) {
      await button.focus();
      await page.tab.keyboard.press("Enter");
      await dialog.waitFor();
      // Nothing goes on behind it.
      await page.tab.keyboard.press("ArrowRight");
      await close();
      await dialog.waitFor({ state: "detached" });
      assert.equal(await page.tab.evaluate(() => document.activeElement.title), "Help and keys (?)");
      await page.shows("position", /^step 9 /);
    }
  },

  "a stage is chosen by keys, and none is added on the way": async (page) => {
    await page.open("#v1?p=range+1..5/take+2");
    await page.id("add-stage").locator("summary").focus();
    await page.tab.keyboard.press("ArrowDown");
    await page.tab.keyboard.press("Enter");
    for (let i = 0; i < 7; i += 1) await page.tab.keyboard.press("Tab");
    assert.equal(await page.id("text").inputValue(), "range 1..5 | take 2");
    const stage = await page.tab.evaluate(() => document.activeElement.textContent);
    await page.tab.keyboard.press("Enter");
    await page.shows("stage-3", new RegExp(`^3 ${stage}`));
  },

  "the focus stays among the stages when one is removed": async (page) => {
    await page.open("#v1?p=range+1..5/square/take+2");
    const focused = (id) => page.tab.waitForFunction((id) => document.activeElement.id === id, id);
    await page.tab.getByRole("button", { name: "Remove square" }).press("Enter");
    await focused("stage-2");
    await page.tab.getByRole("button", { name: "Remove take" }).press("Enter");
    await focused("stage-1");
  },

  "everything is reached by Tab": async (page) => {
    await page.open("#v1?t=20");
    const reached = new Set();
    for (let i = 0; i < 80; i += 1) {
      await page.tab.keyboard.press("Tab");
      reached.add(await page.tab.evaluate(() => document.activeElement.dataset.testid ?? document.activeElement.className));
    }
    for (const id of ["share", "theme", "text", "undo", "template", "count-leaked", "scrub", "play", "step", "seed", "cancel"]) {
      // Undo has nothing to undo yet, and a button that does nothing takes no focus.
      assert.ok(reached.has(id) || id === "undo", `${id} is out of reach`);
    }
  },
};
