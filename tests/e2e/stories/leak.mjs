import assert from "node:assert/strict";

const REPAIRED = /0 leaked/;

export default {
  "whoever comes for the first time sees a run that leaks, from end to end, and may look closer": async (page) => {
    await page.open("");
    await page.shows("play", "Run again");
    await page.shows("count-leaked", /^[1-9] leaked$/);
    await page.at(/^#v1\?fit&t=\d+$/);
    const first = () => page.tab.locator(".axis text").first().textContent().then(Number);
    assert.ok((await first()) <= 10, "drawn from its beginning");
    for (const id of ["verdict", "explore", "play"]) {
      const box = await page.id(id).boundingBox();
      assert.ok(box.y + box.height <= 900, `${id} is below the fold`);
    }
    assert.equal(await page.id("fit").getAttribute("aria-pressed"), "true");
    await page.id("fit").click();
    await page.tab.locator(".chip").first().waitFor();
    assert.ok((await first()) > 50);
    await page.tab.keyboard.press("z");
    await page.tab.locator(".chip").first().waitFor({ state: "detached" });
    await page.tab.reload();
    await page.shows("play", "Run again");
  },

  "nothing moves by itself for whoever asked for that": async (page) => {
    const own = await page.again({ reducedMotion: "reduce" });
    await own.open("");
    await own.shows("play", "Run again");
    await own.shows("verdict", /Main returned \(a Go program would end here\); 3 leaks found/);
    own.assertClean();
    await own.close();
  },

  "opens with a pipeline that leaks, and says why": async (page) => {
    await page.open();
    await page.shows("count-started", "1 started");
    await page.id("end").click();
    await page.shows("count-leaked", /^[1-9] leaked$/);
    await page.shows("finding", /waits for ever to send/);
    assert.equal(await page.id("finding").count(), Number((await page.id("count-leaked").innerText()).match(/\d+/)[0]));
    await page.shows("stage-3", /leaked/);
  },

  "switching the cancellation on repairs it": async (page) => {
    await page.open();
    await page.id("end").click();
    await page.shows("count-leaked", /^[1-9] leaked$/);
    await page.id("stage-3").getByRole("switch").click();
    // Whoever looks at the end sees the end of the other run as well.
    await page.shows("verdict", /every goroutine has ended/);
    assert.doesNotMatch(await page.id("text").inputValue(), /no-cancel/);
    await page.shows("count-leaked", REPAIRED);
    await page.shows("count-blocked", "0 blocked");
  },

  "a stage that does not listen is told apart by what it is given, not by a nil that the program has not": async (page) => {
    await page.open("#v1?t=40");
    assert.match(await page.id("stage-3").locator(".switch").getAttribute("title"), /context\.Background\(\)/);
    await page.shows("waits", /^(?!.*nil).*g\d square waits to send/);
  },

  "plays to the end by itself and pauses there": async (page) => {
    await page.open();
    await page.tab.getByRole("button", { name: "8×" }).click();
    await page.id("play").click();
    await page.shows("play", "Pause");
    await page.shows("count-leaked", /^[1-9] leaked$/);
    await page.shows("play", "Run again");
    const last = await page.step();
    await page.id("play").click();
    await page.shows("play", "Pause");
    assert.ok((await page.step()) < last);
  },

  "cancels from outside, and takes it back": async (page) => {
    await page.open("#v1?p=repeat+1/square&t=30");
    await page.id("cancel").click();
    await page.at(/cancel=30/);
    await page.id("end").click();
    await page.shows("verdict", /main returned/i);
    await page.shows("count-leaked", REPAIRED);
    await page.id("explore").click();
    await page.shows("explore-uncancelled", "Without the cancel at step 30.");
    await page.id("reroll").click();
    await page.at(/seed=\d+&cancel=30/);
    await page.id("uncancel").click();
    await page.id("explore-uncancelled").waitFor({ state: "detached" });
    await page.at(/^#v1\?p=repeat\+1\/square&seed=\d+&t=/);
    await page.shows("verdict", /ended after 20000 steps/);
  },

  "a deadlock of many is told one by one, each with the way to its lane": async (page) => {
    await page.open("#v1?p=range+1..5/tee/take+1/and/square/fan-in");
    await page.id("end").click();
    const each = page.id("finding").getByRole("listitem");
    await each.first().waitFor();
    const blocked = Number((await page.id("count-blocked").innerText()).match(/\d+/)[0]);
    assert.equal(await each.count(), blocked);
    const third = each.nth(2);
    const task = (await third.innerText()).match(/^g\d+/)[0];
    await third.getByRole("button", { name: "Show its lane" }).click();
    await page.tab.locator(".lane-head [aria-pressed=true]").getByText(task, { exact: true }).waitFor();
  },

  "a filter that leaves nobody says so": async (page) => {
    await page.open("#v1?t=20");
    await page.id("count-leaked").click();
    await page.tab.getByText("No goroutine is leaked now.").waitFor();
    await page.tab.getByRole("button", { name: "Show all", exact: true }).click();
    await page.tab.locator(".lane-head").first().waitFor();
  },

  "an endless run ends at its limit and says so": async (page) => {
    await page.open("#v1?p=repeat+1");
    await page.id("end").click();
    await page.shows("verdict", /ended after/);
    const nodes = await page.tab.evaluate(() => document.querySelectorAll(".plot svg *").length);
    assert.ok(nodes <= 1500, `${nodes} nodes`);
  },
};
