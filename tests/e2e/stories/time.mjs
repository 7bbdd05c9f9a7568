import assert from "node:assert/strict";

export default {
  "steps forth and back": async (page) => {
    await page.open();
    assert.ok(await page.id("back").isDisabled());
    for (const t of [1, 2, 3]) {
      await page.id("step").click();
      await page.shows("position", new RegExp(`^step ${t} `));
    }
    const third = await page.id("story").innerText();
    await page.id("back").click();
    await page.shows("position", /^step 2 /);
    await page.id("step").click();
    await page.shows("story", third);
  },

  "the value that is passed in the step is seen whole, and later ones are veiled": async (page) => {
    await page.open("#v1");
    await page.id("end").click();
    await page.id("verdict").waitFor();
    await page.id("scrub").fill("34");
    await page.shows("story", /sends 9 /);
    const chips = await page.tab.locator(".plot svg").evaluate((svg) => {
      const all = [...svg.querySelectorAll(".veil, .chip, .playhead")];
      const at = (e) => all.indexOf(e);
      const [veil, playhead] = [svg.querySelector(".veil"), svg.querySelector(".playhead").getBoundingClientRect().left];
      return all
        .filter((e) => e.matches(".chip"))
        .map((e) => ({ over: at(e) > at(veil), past: e.getBoundingClientRect().left - 4 < playhead, value: e.textContent }));
    });
    assert.ok(chips.some((c) => c.over) && chips.some((c) => !c.over), "the run goes on after this step");
    for (const chip of chips) assert.equal(chip.over, chip.past, chip.value);
    assert.equal(chips.filter((c) => c.over).at(-1).value, "9");
  },

  "scrubs, and shows the same at the same step": async (page) => {
    await page.open();
    await page.id("end").click();
    await page.shows("verdict", /waits for ever/);
    const last = await page.step();
    await page.id("scrub").fill("20");
    await page.shows("position", `step 20 / ${last}`);
    const waits = await page.id("waits").innerText();
    assert.match(await page.id("scrub").getAttribute("aria-valuetext"), new RegExp(`^step 20 of ${last}: g`));
    await page.id("scrub").fill("60");
    await page.id("scrub").fill("20");
    await page.shows("waits", waits.replace(/\s+/g, " ").trim());
  },

  "a seed gives its own run, the same each time": async (page) => {
    await page.open("#v1?p=range+1..6/fan-out+3/square/fan-in");
    await page.id("end").click();
    const order = async (seed) => {
      await page.id("seed").fill(seed);
      await page.id("seed").press("Enter");
      await page.shows("outputs", "6");
      return page.id("delivered").innerText();
    };
    const orders = {};
    for (const seed of ["2", "3", "4", "5", "2"]) {
      const got = await order(seed);
      assert.equal(orders[seed] ?? got, got);
      orders[seed] = got;
    }
    assert.ok(new Set(Object.values(orders)).size > 1, "more than one order");
    await page.id("reroll").click();
    await page.at(/seed=(?!2&)\d+/);
  },

  "somebody else is let act, and the address tells it": async (page) => {
    await page.open("#v1?t=6");
    const buttons = page.id("next").getByRole("button");
    assert.ok((await buttons.count()) > 1);
    const name = (await buttons.last().innerText()).match(/g\d+/)[0];
    await buttons.last().click();
    await page.shows("position", /^step 7 /);
    await page.shows("story", new RegExp(`^${name} `));
    await page.at(`picks=6\\.${name.slice(1)}`);
    await page.id("unpick").click();
    await page.at(/^#v1\?t=7$/);
  },

  "a long way to the end leaves the page alive, and can be left": async (page) => {
    await page.open("#v1?p=repeat+1/square");
    const press = (...ids) =>
      page.tab.evaluate(async (ids) => {
        for (const id of ids) document.querySelector(`[data-testid=${id}]`).click();
        await new Promise((done) => setTimeout(done));
        return document.querySelector("[data-testid=scrub]").valueAsNumber;
      }, ids);
    assert.equal(await press("end"), 0, "not in one go");
    await page.shows("position", "step 20000 / 20000");
    await page.shows("verdict", /ended after 20000 steps/);
    await page.id("scrub").fill("9000");
    await page.shows("position", "step 9000 / 20000");
    await page.open("#v1?p=repeat+1/square/square");
    await press("end", "step");
    await page.at(/&t=1$/);
    await page.shows("position", /^step 1 /);
    await page.open("#v1?p=repeat+1&t=15000");
    await page.shows("position", /^step 15000 /);
  },

  "goroutines are counted along the slider, and the leak is seen to begin": async (page) => {
    await page.open();
    const height = (of) => page.tab.locator(`.spark .${of}`).evaluate((path) => path.getBBox().height);
    await page.id("scrub").focus();
    for (let i = 0; i < 20; i += 1) await page.tab.keyboard.press(".");
    await page.shows("position", /^step 20 /);
    assert.ok((await height("living")) > 0);
    assert.equal(await height("leaked"), 0, "nothing has leaked before the end");
    await page.id("end").click();
    await page.shows("count-leaked", "3 leaked");
    assert.equal(await height("leaked"), 3);
    const steps = await page.tab.getByRole("button", { name: /^Go to step/ }).allInnerTexts();
    const first = Math.min(...steps.map((text) => Number(text.match(/\d+/)[0])));
    assert.match(await page.tab.locator(".spark .leaked").getAttribute("d"), new RegExp(`^M0 \\d+H${first}V`));
  },
};
