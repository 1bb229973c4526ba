// Narrow a long list down to what somebody types.

export function finding(root = document) {
  const box = root.querySelector("#find");
  if (!box) return;
  const items = [...root.querySelectorAll("[data-value]")];
  const parts = [...root.querySelectorAll("[data-part]")];
  const opened = new Map(parts.map((part) => [part, part.open]));
  const count = root.querySelector("[data-count]");
  const narrow = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const item of items) {
      const fits = words.every((word) => item.dataset.find.includes(word));
      item.hidden = !fits;
      left += fits;
    }
    for (const part of parts) {
      const any = part.querySelector("[data-value]:not([hidden])") !== null;
      part.hidden = !any;
      part.open = words.length ? any : opened.get(part);
    }
    if (count) count.textContent = words.length ? `${left} of ${items.length}` : "";
  };
  box.addEventListener("input", narrow);
  if (box.value) narrow();
}

export function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const part = target.closest("details");
  if (part) part.open = true;
  target.scrollIntoView({ block: "center" });
  target.querySelector("select")?.focus({ preventScroll: true });
}

finding();
reveal();
addEventListener("hashchange", reveal);
