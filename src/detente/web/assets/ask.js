// A long question: begin, follow, stop; a page loaded again finds the work going on.

const key = document.body.dataset.key;
const query = () => document.body.dataset.query;
const over = new Set(["done", "stopped", "failed"]);

function minutes(seconds) {
  if (seconds === null) return "";
  return seconds < 90 ? `, about ${Math.ceil(seconds)} s left` : `, about ${Math.round(seconds / 60)} min left`;
}

function asking(box) {
  const part = (name) => box.querySelector(`[data-${name}]`);
  const place = `/s/${encodeURIComponent(key)}/ask/${box.dataset.ask}`;
  let following = null;

  function show(told) {
    const going = told.status === "running" || told.status === "waiting";
    part("begin").hidden = going || told.status === "done";
    part("stop").hidden = !going;
    part("progress").hidden = !going;
    if (told.every) {
      part("progress").max = told.every;
      part("progress").value = told.done;
    } else {
      part("progress").removeAttribute("value");
    }
    const share = told.every ? `${Math.floor((100 * told.done) / told.every)} %${minutes(told.seconds_left)}` : "";
    part("says").textContent =
      { waiting: "Waiting for its turn.", running: share || "At work.", done: "Done.", stopped: told.message, failed: told.message }[told.status];
    if (told.status === "done") {
      part("done").hidden = false;
      part("page").hidden = false;
      part("page").src ||= `/s/${encodeURIComponent(key)}/answer/${box.dataset.ask}${query()}`;
      part("save").href = `${part("page").src}${query() ? "&" : "?"}save=1`;
      files();
    }
  }

  async function files() {
    const from = `/s/${encodeURIComponent(key)}/answer/${box.dataset.ask}`;
    const answer = await fetch(`${from}/figures.json${query()}`);
    if (!answer.ok || part("files").childElementCount) return;
    for (const { name, title } of await answer.json()) {
      const item = document.createElement("li");
      item.append(`${title} `);
      for (const form of ["svg", "png"]) {
        const link = document.createElement("a");
        link.href = `${from}/figure/${encodeURIComponent(name)}.${form}${query()}`;
        link.download = `${name}.${form}`;
        link.textContent = form.toUpperCase();
        link.setAttribute("aria-label", `${title} as ${form.toUpperCase()}`);
        item.append(link, " ");
      }
      part("files").append(item);
    }
  }

  function follow() {
    following?.close();
    following = new EventSource(`${place}/events${query()}`);
    following.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      show(told);
      if (over.has(told.status)) following.close();
    };
    following.onerror = () => following.readyState === EventSource.CLOSED && (part("says").textContent = "The workbench does not answer.");
  }

  async function send(what) {
    const answer = await fetch(`${place}${what}${query()}`, { method: "POST" });
    const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
    if (answer.ok) return told;
    part("says").textContent = told?.messages?.join(" ") ?? (await answer.text());
    return null;
  }

  part("begin").addEventListener("click", async () => {
    const told = await send("");
    if (!told) return;
    show(told);
    follow();
    part("stop").focus();
  });
  part("stop").addEventListener("click", async () => {
    if (await send("/stop")) part("says").textContent = "Stopping.";
  });

  // As for a page just loaded: also when what is changed beside has made it another question.
  async function begin() {
    following?.close();
    part("done").hidden = part("page").hidden = part("stop").hidden = part("progress").hidden = true;
    part("begin").hidden = false;
    part("says").textContent = "";
    part("page").removeAttribute("src");
    part("files").replaceChildren();
    const answer = await fetch(`${place}.json${query()}`);
    const told = answer.ok ? await answer.json() : {};
    if (!told.id) return;
    show(told);
    if (!over.has(told.status)) follow();
  }
  document.addEventListener("asked-otherwise", begin);
  begin();
}

for (const box of document.querySelectorAll("[data-ask]")) asking(box);
