import assert from "node:assert/strict";

/** Explores until `ended`; no task of the page may take long, and the count of executions must not fall. */
async function exploreAlive(page, what, ended) {
  await page.tab.evaluate(() => {
    globalThis.tasks = [];
    const note = (list) => tasks.push(...list.getEntries().map((entry) => entry.duration));
    new PerformanceObserver(note).observe({ type: "longtask" });
    globalThis.counts = [];
    const count = () => document.querySelector("[data-testid=explore-progress]")?.textContent.match(/^[\d,]+/);
    new MutationObserver(() => count() && counts.push(Number(count()[0].replaceAll(",", "")))).observe(document, {
      subtree: true, childList: true, characterData: true,
    });
  });
  // Another process may hold up any task of the page; what the page itself takes too long for is so every time.
  let long;
  for (let attempt = 0; attempt < 3 && long?.length !== 0; attempt += 1) {
    await page.tab.evaluate(() => (tasks.length = counts.length = 0));
    await page.id("explore").click();
    await page.id("explore-stop").waitFor();
    await ended();
    long = await page.tab.evaluate(() => tasks);
    const fell = await page.tab.evaluate(() => counts.filter((n, i) => i > 0 && n < counts[i - 1]));
    assert.deepEqual(fell, [], "the executions are counted, and not counted down");
  }
  assert.deepEqual(long, [], `what ${what} keeps the page busy for more than 50 ms`);
}

export default {
  "a small program is proved right": async (page) => {
    await page.open("#v1/p37-unbuffered");
    await page.id("explore").click();
    await page.shows("explore-verdict", /^Proved/);
  },

  "a leak is found, with a link to the schedule that leads to it": async (page) => {
    await page.open("#v1?p=range+1..2/fan-out+2/square+no-cancel/fan-in/take+1");
    await page.id("explore").click();
    await page.shows("explore-finding", /^Leak after \d+ operations.*g\d \(square\)/s);
    await page.id("explore-stop").click();
    await page.shows("explore-verdict", /There may be more. Not complete: it was stopped/);
    await page.id("explore-story").first().locator("summary").click();
    await page.shows("explore-story", /main begins.*square g\d selects among "send .*: no case is ready, it waits/s);
    await page.id("replay").first().click();
    await page.at(/schedule=2-/);
    await page.id("end").click();
    await page.shows("finding", /g\d \(square\) waits for ever/s);
  },

  "the page stays alive while it explores": async (page) => {
    const programs = {
      "finds leaks, and since when each is unavoidable":
        "#v1?p=range+1..9+no-cancel/fan-out+4/square+no-cancel/fan-in+no-cancel/square+no-cancel/take+1",
      "has thousands of outcomes": "#v1?p=range+1..8/fan-out+8/square/fan-in",
    };
    for (const [what, program] of Object.entries(programs)) {
      await page.open(program);
      await exploreAlive(page, what, () => page.id("explore-verdict").waitFor({ timeout: 60_000 }));
      await page.shows("explore-progress", /^20,000 executions( \(\d[\d,]* of them cut short: nothing new could follow\))?$/);
      await page.shows("explore-verdict", /Not complete: it was ended after so many executions\.$/);
    }
  },

  "the page stays alive while it explores what never ends": async (page) => {
    await page.open("#v1?p=repeat+1/square/fan-out+3/square/fan-in");
    await exploreAlive(page, "never ends", async () => {
      await page.shows("explore-progress", /^\d,\d{3} executions/);
      await page.id("explore-stop").click();
    });
    await page.shows("explore-verdict", /Nothing was found, but this is no proof/);
  },

  "what is too large is looked through by chance": async (page) => {
    await page.open("#v1/p25-fan-in");
    await page.id("explore").click();
    await page.id("explore-stop").click();
    await page.id("explore-chance").click();
    await page.shows("explore-progress", /to go$/);
    assert.match(await page.tab.evaluate(() => document.activeElement.dataset.testid), /^explore(-stop)?$/);
    await page.shows("explore-verdict", /this is no proof. Not complete: the schedules were taken by chance/);
    assert.match(await page.tab.locator(".outcomes caption").innerText(), /^[89]\d outcomes seen$/);
    assert.equal(await page.id("explore-chance").count(), 0);
  },

  "another program starts afresh": async (page) => {
    await page.open("#v1?p=range+1..2/take+1");
    await page.id("explore").click();
    await page.shows("explore-progress", /executions/);
    await page.id("text").fill("range 1..3 | take 2");
    await page.id("explore-progress").waitFor({ state: "detached" });
  },

  "a schedule that was changed is refused": async (page) => {
    await page.open("#v1?schedule=2-0001-BBSR-0000-28ceb74e");
    await page.shows("bad-link", /checksum/);
  },

  "a schedule says that it is followed, and that it is of another program": async (page) => {
    await page.open("#v1/p37-alone");
    await page.id("explore").click();
    await page.shows("explore-verdict", /This is all/);
    await page.id("replay").first().click();
    await page.shows("unschedule", "Follows a schedule");
    assert.equal(await page.id("mismatch").count(), 0);
    const schedule = await page.tab.evaluate(() => location.hash.match(/schedule=[^&]*/)[0]);
    await page.open(`#v1/p37-unbuffered?${schedule}`);
    await page.shows("mismatch", /another program or version: in step \d+/);
    await page.id("unschedule").click();
    await page.id("mismatch").waitFor({ state: "detached" });
    await page.at(/^#v1\/p37-unbuffered$/);
  },
};
