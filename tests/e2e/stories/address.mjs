import assert from "node:assert/strict";

export default {
  "in a frame there is the run, and a way to the whole page": async (page) => {
    const own = await page.again({ viewport: { width: 700, height: 420 } });
    for (const [fragment, whole] of [["#v1?embed", "#v1?t=1"], ["#v1/p59-disconnect-overtakes?view=one&embed", "#v1/p59-disconnect-overtakes?view=one&t=1"]]) {
      await own.open(fragment);
      await own.id("step").click();
      await own.at("embed&t=1$");
      assert.equal(await own.id("whole").getAttribute("href"), whole);
      assert.equal(await own.tab.locator(".topbar").count(), 0);
      assert.equal(await own.tab.locator(".side").first().isVisible(), false);
      const [lanes, bar] = [await own.tab.locator(".lanes").boundingBox(), await own.id("scrub").boundingBox()];
      assert.ok(lanes.y + 80 < bar.y, `the lanes begin at ${lanes.y}`);
    }
    own.assertClean();
    await own.close();
  },

  "a reload restores pipeline, seed and position": async (page) => {
    await page.open("#v1?p=range+1..6/square/take+2&seed=5");
    await page.id("end").click();
    await page.at(/&t=\d+/);
    const before = await page.id("delivered").innerText();
    const step = await page.step();
    await page.tab.reload();
    await page.shows("position", `step ${step} / ${step}`);
    assert.equal(await page.id("delivered").innerText(), before);
    assert.equal(await page.id("seed").inputValue(), "5");
    assert.equal(await page.id("text").inputValue(), "range 1..6 | square | take 2");
  },

  "back and forward go through the changes": async (page) => {
    await page.open();
    await page.id("text").fill("range 1..6 | take 2");
    await page.at(/p=range/);
    await page.id("reroll").click();
    await page.at(/seed=/);
    await page.tab.goBack();
    await page.at(/^#v1\?p=range\+1\.\.6\/take\+2$/);
    await page.tab.goBack();
    await page.tab.waitForFunction(() => document.querySelector("textarea").value.includes("no-cancel"));
    await page.tab.goForward();
    await page.tab.waitForFunction(() => document.querySelector("textarea").value === "range 1..6 | take 2");
  },

  "a bad address says what and where, and is kept": async (page) => {
    for (const [fragment, mark] of [
      ["#v1?p=range+1..6/sqare&seed=4", "sqare"],
      ["#v7?t=3", "v7"],
      ["#v1/p99-nowhere", "p99-nowhere"],
    ]) {
      await page.open(fragment);
      await page.shows("bad-link", /cannot be read/);
      assert.equal(await page.tab.locator(".banner mark").innerText(), mark);
      assert.match(await page.id("text").inputValue(), mark === "sqare" ? /sqare/ : /no-cancel/);
      assert.equal(await page.tab.evaluate(() => location.hash), fragment);
    }
    await page.tab.getByRole("button", { name: "Dismiss" }).click();
    await page.id("bad-link").waitFor({ state: "detached" });
  },

  "a part that cannot be read does not take the rest away": async (page) => {
    await page.open("#v1?p=range+1..6/take+2&seed=4&schedule=2-0001-BB");
    await page.shows("bad-link", /^A part of this address cannot be read: /);
    assert.equal(await page.tab.locator(".banner mark").innerText(), "2-0001-BB");
    assert.equal(await page.id("text").inputValue(), "range 1..6 | take 2");
    assert.equal(await page.id("seed").inputValue(), "4");
    await page.id("step").click();
    await page.id("bad-link").waitFor({ state: "detached" });
    await page.at(/^#v1\?p=range\+1\.\.6\/take\+2&seed=4&t=1$/);
    await page.open("#v1/p25-fan-in?view=both");
    await page.shows("bad-link", /does not know that parameter/);
    await page.id("p25-fan-in").waitFor();
  },

  "a wrong pipeline in the address is mended where it is typed": async (page) => {
    await page.open("#v1?p=range+1..6/sqare&seed=4");
    await page.shows("errors", /sqare.*Did you mean/);
    await page.id("text").fill("range 1..6 | square");
    await page.id("bad-link").waitFor({ state: "detached" });
    await page.at(/^#v1\?p=range\+1\.\.6\/square$/);
  },

  "of an endless wrong address only the place is shown": async (page) => {
    await page.open(`#v1?p=range+1..5${"/square".repeat(10_000)}`);
    await page.shows("bad-link", /longer than 4096 bytes/);
    const { height } = await page.id("bad-link").boundingBox();
    assert.ok(height < 200, `${height} pixels`);
    await page.id("step").click();
    await page.shows("position", /^step 1 /);
  },

  "the link is copied": async (page) => {
    await page.open("#v1?seed=9");
    await page.tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.id("share").click();
    await page.shows("share", "Link copied");
    assert.match(await page.tab.evaluate(() => navigator.clipboard.readText()), /#v1\?seed=9$/);
    // At once, although the address itself waits until the position rests.
    await page.tab.keyboard.press("ArrowRight");
    await page.tab.keyboard.press("ArrowRight");
    await page.tab.keyboard.press("s");
    await page.tab.waitForFunction(async () => /#v1\?seed=9&t=2$/.test(await navigator.clipboard.readText()));
  },

  "where nothing can be copied the link is there to be copied by hand": async (page) => {
    for (const clipboard of ["undefined", "{ writeText: () => Promise.reject(new Error('not here')) }"]) {
      await page.open("#v1?seed=9");
      await page.tab.evaluate(`Object.defineProperty(navigator, "clipboard", { configurable: true, value: ${clipboard} })`);
      await page.id("share").click();
      await page.tab.waitForFunction(() => document.activeElement.id === "link");
      assert.match(await page.id("to-copy").inputValue(), /#v1\?seed=9$/);
      assert.equal(await page.tab.evaluate(() => getSelection().toString()), await page.id("to-copy").inputValue());
      await page.id("play").focus();
      await page.id("to-copy").waitFor({ state: "detached" });
      assert.ok(await page.tab.locator("#crash").isHidden());
    }
  },
};
