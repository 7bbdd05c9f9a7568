import assert from "node:assert/strict";

export default {
  "a scenario is opened from the gallery, the bug beside its fix": async (page) => {
    await page.open();
    await page.tab.getByRole("link", { name: "Gallery" }).click();
    await page.tab.getByRole("link", { name: /nil channel/ }).first().click();
    await page.at(/^#v1\/p10-nil-channel$/);
    await page.id("end").click();
    const bug = page.id("p10-nil-channel");
    const fix = page.id("p11-done-joined");
    await bug.getByText("nobody can send on it").first().waitFor();
    assert.match(await bug.getByTestId("count-leaked").innerText(), /1/);
    await fix.getByText("every goroutine has ended").waitFor();
    assert.match(await fix.getByTestId("count-leaked").innerText(), /0/);
    assert.match(await bug.getByTestId("source").innerText(), /while let Some\(s\) = strings\.recv\(\)\.await/);
    assert.match(await bug.locator(".line.lit").innerText(), /strings\.recv\(\)[\s\S]*|g2/);
  },

  "a key goes from the bug to its fix and back, under the same seed": async (page) => {
    await page.open("#v1/p10-nil-channel?seed=5");
    await page.id("end").click();
    await page.id("p10-nil-channel").getByTestId("finding").waitFor();
    await page.tab.keyboard.press("b");
    await page.at(/^#v1\/p10-nil-channel\?seed=5&view=one/);
    await page.shows("verdict", /1 leak found/);
    await page.tab.keyboard.press("b");
    await page.at(/^#v1\/p11-done-joined\?seed=5&view=one/);
    await page.shows("verdict", /every goroutine has ended/);
    await page.tab.keyboard.press("b");
    await page.at(/^#v1\/p10-nil-channel\?seed=5&view=one/);
  },

  "a deadlock is told once": async (page) => {
    await page.open("#v1/p37-alone");
    await page.id("end").click();
    await page.shows("verdict", /^Deadlock: all goroutines are asleep\. Go to step \d+ main waits .* Show its lane$/);
    assert.equal((await page.id("verdict").innerText()).match(/asleep/g).length, 1);
    await page.shows("count-leaked", "1 deadlocked");
    await page.id("count-leaked").click();
    assert.equal(await page.tab.locator(".lane-head").count(), 1);
  },

  "what is worth a look is told apart from what went wrong": async (page) => {
    await page.open("#v1/p69-fire-and-forget");
    await page.id("end").click();
    const [bug, fix] = [page.id("p69-fire-and-forget"), page.id("p69-joined")];
    await bug.getByText("every goroutine has ended").waitFor();
    await bug.getByText(/puts out saved in step \d+, but main returned/).waitFor();
    await fix.getByText("every goroutine has ended").waitFor();
    assert.deepEqual([await page.id("finding").count(), await fix.getByTestId("lint").count()], [0, 0]);
    const step = Number((await bug.getByRole("button", { name: /^Go to step/ }).innerText()).match(/\d+/)[0]);
    await bug.getByRole("button", { name: /^Go to step/ }).click();
    assert.equal(await page.step(), step);
  },

  "what only its output betrays is called wrong, and what hides it too": async (page) => {
    await page.open("#v1/p69-fire-and-forget");
    await page.id("end").click();
    await page.shows("wrong-output", "Wrong output: expected saved, exit; got exit, saved.");
    await page.id("p69-joined").getByText("every goroutine has ended, and the output is right").waitFor();
    await page.open("#v1/p59-disconnect-overtakes?view=one");
    await page.id("explore").click();
    await page.shows("explore-verdict", /^The output is wrong in \d+ of \d+ executions\. This is all/);
    assert.match(await page.id("wrong-outcome").first().innerText(), /expected 1, 2, 3, disconnected/);
    const outcomes = await page.id("replay").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(outcomes.length > (await page.id("wrong-outcome").count()), "some schedules hide the mistake");
    await page.open(outcomes[0]);
    await page.id("end").click();
    await page.shows("wrong-output", /expected 1, 2, 3, disconnected; got (?!1, 2, 3)/);
    await page.open(outcomes.at(-1));
    await page.id("end").click();
    await page.shows("lucky", /hides the mistake/);
    assert.equal(await page.id("wrong-output").count(), 0);
    await page.tab.getByRole("button", { name: "take a seed that shows it" }).click();
    await page.shows("wrong-output", /expected 1, 2, 3, disconnected/);
    await page.tab.waitForFunction(() => document.activeElement.id === "scrub");
  },

  "one half alone, stepped through with its line lit": async (page) => {
    await page.open("#v1/p12-random-producer?view=one");
    assert.equal(await page.id("source").count(), 1);
    await page.tab.getByRole("button", { name: "Go", exact: true }).click();
    await page.shows("source", /Go 1\.25.*package main/);
    await page.tab.getByRole("button", { name: "Rust", exact: true }).click();
    await page.shows("source", /pub async fn main/);
    await page.id("step").click();
    await page.id("step").click();
    await page.tab.locator(".line.lit").first().waitFor();
    await page.tab.getByRole("link", { name: "Fix", exact: true }).click();
    await page.at(/^#v1\/p13-producer-done\?view=one$/);
  },

  "whoever reads Go reads it everywhere, and a link says so": async (page) => {
    await page.open("#v1/p10-nil-channel");
    await page.tab.getByRole("button", { name: "Go", exact: true }).first().click();
    await page.shows("source", /^(?!.*pub async fn).*package main.*package main/s);
    await page.at(/code=go/);
    await page.tab.getByRole("link", { name: "Next", exact: true }).click();
    await page.at(/^#v1\/p12-random-producer\?code=go$/);
    await page.shows("source", /package main/);
    await page.tab.getByRole("link", { name: "Previous", exact: true }).click();
    await page.at(/^#v1\/p10-nil-channel\?code=go$/);
    await page.tab.reload();
    await page.shows("source", /package main/);
  },

  "sources that do not come are told, and asked for again": async (page) => {
    const sources = [];
    page.tab.on("request", (r) => r.url().endsWith(".txt") && sources.push(r.url()));
    await page.open();
    await page.tab.route("**/sources-*.txt", (route) => route.abort());
    await page.open("#v1/p10-nil-channel?view=one");
    await page.shows("source-missing", /The source did not load/);
    await page.id("end").click();
    await page.id("finding").waitFor();
    await page.tab.unroute("**/sources-*.txt");
    await page.tab.getByRole("button", { name: "Try again" }).click();
    await page.shows("source", /pub async fn main/);
    page.wrong.length = 0;
    await page.tab.getByRole("link", { name: "Fix", exact: true }).click();
    await page.tab.getByRole("link", { name: "Next", exact: true }).click();
    await page.shows("source", /pub async fn main/);
    assert.equal(sources.length, 2, "the playground asks for none, the gallery once, and once again");
  },

  "the line of the goroutine that acts is scrolled to, and each step is told": async (page) => {
    await page.open("#v1/p75-safe-counter?view=one");
    await page.tab.setViewportSize({ width: 1440, height: 700 });
    await page.tab.locator(".source pre").evaluate((pre) => (pre.style.height = "150px"));
    for (let i = 0; i < 6; i += 1) {
      await page.id("step").click();
      await page.shows("position", new RegExp(`^step ${i + 1} `));
      assert.notEqual(await page.id("story").innerText(), "");
      const hidden = await page.tab.locator(".source pre").evaluate((pre) => {
        const view = pre.getBoundingClientRect();
        const lines = [...pre.querySelectorAll(".line:has(.tag.running)")].map((l) => l.getBoundingClientRect());
        return lines.filter((l) => l.top < view.top || l.bottom > view.bottom + 1).length;
      });
      assert.equal(hidden, 0, `step ${i + 1}`);
    }
    assert.notEqual(await page.tab.locator(".source pre").evaluate((pre) => pre.scrollTop), 0);
    await page.open("#v1/p74-pool-ignores-cancel?view=one");
    await page.tab.locator(".source pre").evaluate((pre) => (pre.style.height = "150px"));
    await page.id("end").click();
    await page.tab.waitForFunction(() => document.querySelector(".source pre").scrollTop > 0);
  },

  "a scenario shows what its channels hold, and lets one choose who is next": async (page) => {
    await page.open("#v1/p38-buffered?view=one");
    await page.id("end").click();
    await page.shows("channels", /4 received/);
    await page.open("#v1/p31-goroutine?view=one&t=2");
    const buttons = page.id("next").getByRole("button");
    assert.ok((await buttons.count()) > 1);
    const name = (await buttons.last().innerText()).match(/g\d+/)[0];
    await buttons.last().click();
    await page.shows("story", new RegExp(`^${name} `));
    await page.at(/picks=2/);
  },

  "the gallery is narrowed down, and stays so": async (page) => {
    await page.open("#v1/gallery");
    await page.tab.keyboard.press("/");
    await page.tab.keyboard.type("Leak nil-ch");
    await page.tab.waitForFunction(() => document.querySelectorAll(".gallery-card").length === 1);
    await page.tab.locator(".gallery-card").click();
    await page.at(/p10-nil-channel/);
    await page.tab.goBack();
    await page.tab.getByText("1 program", { exact: true }).waitFor();
    await page.id("find").fill("nothing of the kind");
    await page.tab.getByText("No program has all of these words.").waitFor();
  },

  "programs are found by the words of their Go, each from its beginning": async (page) => {
    await page.open("#v1/gallery");
    const found = () => page.tab.locator(".gallery-card").evaluateAll((cards) => cards.map((c) => c.getAttribute("href").match(/p\d+-[^?]*/)[0]));
    for (const [words, wanted] of Object.entries({
      "sync.RWMutex": ["p64-rwlock"],
      "deadlock": ["p37-alone", "p68-formats-inside"],
      "compareandswap": ["p34-map"],
      "cond": [],
    })) {
      await page.id("find").fill(words);
      await page.tab.waitForFunction((n) => document.querySelectorAll(".gallery-card").length === n, wanted.length);
      assert.deepEqual(await found(), wanted, words);
    }
  },

  "a goroutine without a name is called by the line that started it, and marked there": async (page) => {
    await page.open("#v1/p25-fan-in?t=30");
    const names = await page.tab.locator(".lane-name").allInnerTexts();
    assert.deepEqual(names, ["main", "line 10", "line 10", "line 10", "line 11", "line 11", "line 11", "line 11"]);
    await page.shows("source", /pub async fn main/);
    const tagged = (line) => page.tab.locator(".source .line").nth(line - 1).locator(".tag").allInnerTexts();
    assert.deepEqual([await tagged(10), await tagged(11)], [["g2", "+2"], ["g6", "+3"]], "who acts comes first");
    await page.tab.getByRole("button", { name: "Go", exact: true }).click();
    await page.shows("source", /package main/);
    assert.equal(await page.tab.locator(".origin:visible").count(), 0, "it is a line of the Rust");
  },

  "a chapter of the gallery is gone to": async (page) => {
    await page.open("#v1/gallery");
    await page.tab.getByRole("button", { name: "Data races" }).click();
    await page.tab.waitForFunction(() => document.activeElement.id === "Data races");
    const { y } = await page.tab.getByRole("heading", { name: "Data races" }).boundingBox();
    assert.ok(y > 0 && y < 900, `the chapter begins at ${y}`);
    await page.id("find").fill("nil channel leak");
    await page.tab.getByRole("button", { name: "Data races" }).waitFor({ state: "detached" });
  },

  "every scenario of the gallery runs to an end": async (page) => {
    await page.open("#v1/gallery");
    const links = await page.tab.locator(".gallery-card").evaluateAll((cards) => cards.map((c) => c.getAttribute("href")));
    assert.ok(links.length > 5);
    for (const link of links) {
      await page.tab.evaluate((l) => (location.hash = l), link);
      await page.at(`^${link}$`);
      await page.id("end").click();
      await page.tab.locator(".verdict.good, .verdict.bad").first().waitFor();
    }
  },

  "the pipeline waits while the gallery is open": async (page) => {
    await page.open("#v1?p=range+1..6/take+2");
    await page.tab.getByRole("link", { name: "Gallery" }).click();
    await page.at(/^#v1\/gallery$/);
    await page.tab.getByRole("link", { name: "Playground", exact: true }).click();
    await page.at(/^#v1\?p=range\+1\.\.6\/take\+2$/);
  },
};
