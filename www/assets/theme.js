// Runs before the first paint: the stored theme, and the banner that stands in for a page that has stopped.
const theme = (() => {
  try {
    return localStorage.getItem("fanin.theme");
  } catch {
    return null; // storage may be forbidden
  }
})();
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

function crash(reason) {
  const banner = document.getElementById("crash");
  if (!banner || !banner.hidden) return;
  document.getElementById("crash-text").textContent = String(reason?.message ?? reason);
  document.getElementById("crash-reload").onclick = () => location.reload();
  // Nobody is left to follow a link.
  addEventListener("hashchange", () => location.reload());
  banner.hidden = false;
}
addEventListener("error", (e) => crash(e.error ?? e.message));
addEventListener("unhandledrejection", (e) => crash(e.reason));
addEventListener("fanin-panic", (e) => crash(e.detail));
