import assert from "node:assert/strict";

const stages = (page) => page.tab.locator(".card h3").allInnerTexts();

async function add(page, stage) {
  await page.id("add-stage").locator("summary").click();
  await page.id("add-stage").getByRole("button", { name: stage, exact: true }).click();
}

export default {
  "text and cards are one pipeline": async (page) => {
    await page.open();
    await page.id("text").fill("range 1..5 | add 2 | take 4");
    await page.shows("stage-2", /add/);
    await page.id("stage-2").getByLabel("by").fill("7");
    await page.id("stage-2").getByLabel("by").press("Enter");
    await page.tab.waitForFunction(() => document.querySelector("textarea").value === "range 1..5 | add 7 | take 4");
    await page.id("end").click();
    await page.shows("delivered", "8 item 1 9 item 2 10 item 3 11 item 4");
  },

  "a wrong text is told at its place and changes nothing": async (page) => {
    await page.open("#v1?t=12");
    await page.id("text").fill("range 1..12 | sqare | take 3");
    await page.shows("errors", /column 15: .*sqare.* Did you mean square\?/);
    assert.equal(await page.tab.locator(".typed mark").innerText(), "sqare");
    assert.equal(await page.step(), 12);
    assert.equal(await page.tab.locator(".card.wrong").count(), 0);
    await page.id("text").fill("range 1..12 | square | take 3");
    await page.shows("errors", "");
    assert.equal(await page.step(), 0);
  },

  "stages are added, moved and removed, and all of it is undone": async (page) => {
    await page.open("#v1?p=range+1..5/take+2");
    await add(page, "square");
    await page.shows("stage-3", /square/);
    await page.tab.waitForFunction(() => document.activeElement.id === "stage-3");
    await page.tab.getByRole("button", { name: "Move square up" }).click();
    await page.shows("said", "square moved to 2 of 3");
    assert.deepEqual((await stages(page)).slice(0, 3), ["range", "square", "take"]);
    await page.tab.locator("#stage-2").press("Alt+ArrowDown");
    await page.shows("said", "square moved to 3 of 3");
    await page.tab.waitForFunction(() => document.activeElement.id === "stage-3");
    await page.tab.locator("#stage-3").press("Delete");
    await page.shows("said", "square removed");
    for (let i = 0; i < 4; i += 1) await page.id("undo").click();
    await page.tab.waitForFunction(() => document.querySelector("textarea").value === "range 1..5 | take 2");
    assert.ok(await page.id("undo").isDisabled());
    await page.id("redo").click();
    await page.shows("stage-3", /square/);
  },

  "half a fan-out is told on its card": async (page) => {
    await page.open("#v1?p=range+1..5/square");
    await add(page, "fan-out");
    await page.shows("stage-3", /Nothing merges/);
    await add(page, "fan-in");
    await page.shows("errors", "");
  },

  "a wrong value stays where it was typed until it is mended there": async (page) => {
    await page.open("#v1?p=range+1..12/take+3");
    const text = (wanted) => page.tab.waitForFunction((w) => document.querySelector("textarea").value === w, wanted);
    const fill = async (field, value) => {
      await field.fill(value);
      await field.press("Enter");
    };
    const items = page.id("stage-2").getByLabel("items");
    const time = page.tab.locator(".ends").getByLabel("time", { exact: true });
    await fill(items, "");
    await text("range 1..12 | take");
    assert.equal(await items.inputValue(), "");
    await fill(items, "2.5");
    await text("range 1..12 | take 2.5");
    assert.equal(await items.inputValue(), "2.5");
    await fill(items, "");
    await page.id("stage-1").getByRole("switch").click();
    await text("range 1..12 no-cancel | take");
    await page.shows("stage-2", /take needs a number of items\. Write, for example, take 3\.$/);
    await fill(time, "soon");
    await text("range 1..12 no-cancel | take ; cancel after soon");
    assert.equal(await time.inputValue(), "soon");
    await page.tab.locator(".ends").getByText(/soon is not a duration/).waitFor();
    await fill(items, "4");
    await fill(time, "5ms");
    await text("range 1..12 no-cancel | take 4 ; cancel after 5ms");
    await page.shows("errors", "");
  },

  "what is typed while the run plays is not taken away": async (page) => {
    const step = (n) => page.tab.waitForFunction((n) => document.querySelector("#scrub").valueAsNumber >= n, n);
    for (const [field, wanted] of [[page.id("seed"), /seed=47/], [page.id("stage-2").getByLabel("items"), /take\+47/]]) {
      await page.open("#v1?p=range+1..90/take+60");
      await page.tab.getByRole("button", { name: "0.5×" }).click();
      await page.id("play").click();
      await field.focus();
      await page.tab.keyboard.press("Control+a");
      await page.tab.keyboard.type("4");
      await step((await page.step()) + 2);
      await page.tab.keyboard.type("7");
      assert.equal(await field.inputValue(), "47");
      await page.tab.keyboard.press("Enter");
      await page.at(wanted);
    }
    await page.id("seed").fill("nine");
    await page.id("seed").press("Enter");
    await page.tab.waitForFunction(() => document.querySelector("[data-testid=seed]").value === "1");
  },

  "keys are the field's while it is filled in": async (page) => {
    await page.open("#v1?p=range+1..12/filter+even/take+3");
    const keep = page.id("stage-2").getByLabel("keep");
    await keep.focus();
    for (const key of ["Delete", "Alt+ArrowUp"]) await page.tab.keyboard.press(key);
    await page.tab.keyboard.press("Escape");
    await keep.selectOption("odd");
    await page.tab.waitForFunction(() => document.querySelector("textarea").value === "range 1..12 | filter odd | take 3");
  },

  "a long number is seen whole on its card": async (page) => {
    await page.open("#v1?p=range+-1000000000..1000000000/take+3");
    for (const label of ["from", "to"]) {
      const hidden = await page.id("stage-1").getByLabel(label, { exact: true }).evaluate((field) => field.scrollWidth - field.clientWidth);
      assert.ok(hidden <= 0, `${hidden} pixels of "${label}" are hidden`);
    }
  },

  "an example is taken": async (page) => {
    await page.open();
    await page.id("template").selectOption("A buffer between two paces");
    await page.at(/buffer/);
    await page.tab.locator("#main").focus();
    await page.id("end").click();
    await page.id("verdict").waitFor();
    // In between it is full.
    const fills = new Set();
    for (let t = await page.step(); t > 0; t -= 1) {
      await page.tab.keyboard.press("ArrowLeft");
      await page.shows("position", new RegExp(`^step ${t - 1} `));
      for (const [fill] of (await page.id("channels").allInnerTexts()).join(" ").matchAll(/\d\/4/g)) fills.add(fill);
    }
    assert.deepEqual([...fills].sort(), ["0/4", "1/4", "2/4", "3/4", "4/4"]);
  },
};
