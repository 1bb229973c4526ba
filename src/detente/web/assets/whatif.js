// What is changed stands in the page's address; the answer beside follows it: at once with
// few draws, then with more.

import "./find.js";

const key = document.body.dataset.key;
const beside = document.querySelector("[data-page]");
const full = beside.dataset.full;
const base = `/s/${encodeURIComponent(key)}`;
const one = (name, root = document) => root.querySelector(`[data-${name}]`);
const percent = (p) => `${Math.round(100 * p)}%`;
let asking = null;
let waiting = 0;

function params() {
  return new URLSearchParams(location.search);
}

function addressOf(setting) {
  return setting.slice(0, setting.indexOf("="));
}

function withSetting(address, value) {
  const now = params();
  const kept = now.getAll("set").filter((setting) => addressOf(setting) !== address);
  now.delete("set");
  for (const setting of kept) now.append("set", setting);
  if (value !== null) now.append("set", `${address}=${value}`);
  return now;
}

function withLeftOut(name, gone) {
  const now = params();
  const kept = now.getAll("without").filter((other) => other !== name);
  now.delete("without");
  for (const other of kept) now.append("without", other);
  if (gone) now.append("without", name);
  return now;
}

function go(next) {
  const query = next.toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  document.body.dataset.query = query ? `?${query}` : "";
  for (const link of document.querySelectorAll("[data-keeps-state]")) {
    link.search = query;
  }
  document.dispatchEvent(new Event("asked-otherwise"));
  marks();
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 60);
}

async function refresh() {
  asking?.abort();
  const mine = (asking = new AbortController());
  const result = one("live");
  result.setAttribute("aria-busy", "true");
  try {
    for (const draws of [null, full]) {
      const query = params();
      if (draws) query.set("draws", draws);
      const answer = await fetch(`${base}/run.json?${query}`, { signal: mine.signal });
      const told = await answer.json();
      if (!answer.ok) {
        one("live-status").textContent = told.messages?.join(" ") ?? "That did not work.";
        return;
      }
      show(told);
      if (!draws && told.draws >= Number(full)) break;
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      one("live-status").textContent = "The workbench does not answer. Is detente serve still running?";
    }
  } finally {
    if (asking === mine) result.removeAttribute("aria-busy");
  }
}

function show(told) {
  const first = told.chances[0];
  const changed = told.changes.length + told.left_out.length > 0;
  one("live-p").textContent = first.after_says;
  one("live-word").textContent = told.word;
  one("live-says").textContent = `${first.meaning}${changed ? `: ${first.says}` : ""}.`;
  one("live-zone").textContent = told.zone;
  one("live-blocks").textContent = told.blocks;
  one("live-status").textContent =
    `${told.draws.toLocaleString("en")} draws: ±${(196 * first.after_error).toFixed(1)} points by Monte Carlo; ` +
    `the stated ranges leave it open from ${percent(told.inputs_low)} to ${percent(told.inputs_high)}.`;
  for (const row of one("live-rows").rows) {
    const chance = told.chances.find((other) => other.name === row.dataset.name);
    if (!chance) continue;
    one("now", row).textContent = chance.after_says;
    one("fill", row).setAttribute("width", (100 * chance.after).toFixed(1));
    row.querySelector("svg").setAttribute("aria-label", chance.after_says);
    row.querySelector("td.number").textContent = chance.before_says;
    row.querySelector(".was").setAttribute("x", (100 * chance.before).toFixed(1));
  }
  list(told);
}

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function undo(label, what, attributes) {
  const button = element("button", label, { type: "button", ...attributes });
  button.append(element("span", ` ${what}`, { class: "unseen" }));
  return button;
}

function list(told) {
  const box = one("live-changes");
  const items = [
    ...told.left_out.map((name) => {
      const item = element("li", "");
      item.append(element("span", `Left out: ${name} `), undo("Put back", name, { "data-undo-without": name }));
      return item;
    }),
    ...told.changes.map((change) => {
      const item = element("li", "");
      item.append(element("strong", change.what), `: ${change.before} → ${change.after} `);
      item.append(element("span", `(${change.why}) `, { class: "quiet small" }));
      if (change.setting) item.append(undo("Reset", change.what, { "data-undo": change.address }));
      return item;
    }),
  ];
  if (!items.length) {
    box.replaceChildren(element("p", "Nothing yet: this is the reading as it is written.", { class: "quiet" }));
    return;
  }
  const made = element("ul", "", { class: "changes" });
  made.append(...items);
  box.replaceChildren(made);
}

function marks() {
  const set = new Map(params().getAll("set").map((one) => [addressOf(one), one]));
  for (const item of document.querySelectorAll("[data-address]")) {
    const setting = set.get(item.dataset.address);
    item.classList.toggle("changed", setting !== undefined);
    const pick = one("pick", item);
    if (setting === undefined) {
      pick.value = "";
    } else {
      if (![...pick.options].some((option) => option.value === setting)) {
        pick.append(new Option(setting.slice(setting.indexOf("=") + 1), setting));
      }
      pick.value = setting;
    }
    const slide = one("slide", item);
    const at = pick.selectedOptions[0]?.dataset.at ?? pick.selectedOptions[0]?.text;
    if (slide && slide !== document.activeElement && Number.isFinite(Number(at))) slide.value = at;
  }
  const gone = new Set(params().getAll("without"));
  for (const box of document.querySelectorAll("[data-leave]")) box.checked = gone.has(box.value);
}

beside.addEventListener("change", ({ target }) => {
  const address = target.closest("[data-address]")?.dataset.address;
  if (target.matches("[data-pick]")) {
    go(withSetting(address, target.value ? target.value.slice(target.value.indexOf("=") + 1) : null));
  } else if (target.matches("[data-leave]")) {
    go(withLeftOut(target.value, target.checked));
  }
});

beside.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-slide]")) return;
  go(withSetting(target.closest("[data-address]").dataset.address, String(Number(Number(target.value).toPrecision(4)))));
});

beside.addEventListener("submit", (event) => event.preventDefault());

beside.addEventListener("click", (event) => {
  const { target } = event;
  const undoing = target.closest("[data-undo]");
  const back = target.closest("[data-undo-without]");
  const reset = target.closest("[data-reset]");
  if (!undoing && !back && !reset) return;
  event.preventDefault();
  if (undoing) go(withSetting(undoing.dataset.undo, null));
  if (back) go(withLeftOut(back.dataset.undoWithout, false));
  if (reset) {
    const now = params();
    now.delete("set");
    now.delete("without");
    go(now);
  }
});

// What was picked before this script ran, or what the browser remembered, counts as well.
function adopt() {
  let now = params();
  for (const box of document.querySelectorAll("[data-leave]")) {
    if (box.checked !== now.getAll("without").includes(box.value)) {
      history.replaceState(null, "", `?${withLeftOut(box.value, box.checked)}`);
      now = params();
    }
  }
  for (const item of document.querySelectorAll("[data-address]")) {
    const picked = one("pick", item).value;
    if (picked && !now.getAll("set").includes(picked)) {
      history.replaceState(null, "", `?${withSetting(item.dataset.address, picked.slice(picked.indexOf("=") + 1))}`);
      now = params();
    }
  }
  return now;
}

const begun = location.search;
const now = adopt();
if (location.search !== begun) go(now);
else refresh();
