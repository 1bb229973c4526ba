// The file as text: checked while it is typed, written when it has no mistakes.

const key = document.body.dataset.key;
const base = `/s/${encodeURIComponent(key)}`;
const form = document.querySelector("[data-edit]");
const text = form.querySelector("textarea");
const write = form.querySelector("[data-write]");
const says = form.querySelector("[data-says]");
const list = document.querySelector("[data-mistakes]");
let waiting = 0;
let writing = false;
let written = text.value;
let editor = null;

async function send(what, version = "") {
  const answer = await fetch(`${base}/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: text.value, version }),
  });
  const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : { messages: [await answer.text()] };
  return { ok: answer.ok, told };
}

async function check() {
  const { ok, told } = await send("check.json");
  if (!ok) {
    says.textContent = told.messages?.join(" ") ?? "That did not work.";
    return;
  }
  editor?.mark(told);
  list.replaceChildren(
    ...(told.length ? told.map(item) : [Object.assign(document.createElement("li"), { textContent: "None.", className: "quiet" })]),
  );
  write.disabled = told.length > 0 || text.value === written;
  if (told.length) says.textContent = `${told.length} mistake${told.length > 1 ? "s" : ""}.`;
  else if (text.value !== written) says.textContent = "No mistakes; not written yet.";
}

function item(mistake) {
  const made = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: mistake.says });
  button.dataset.line = mistake.line;
  button.dataset.column = mistake.column;
  made.append(button);
  return made;
}

list.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-line]");
  if (!button) return;
  const place = { line: Number(button.dataset.line), column: Number(button.dataset.column) };
  if (editor) {
    editor.go(place);
    return;
  }
  const lines = text.value.split("\n");
  const line = place.line - 1;
  const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus();
  text.setSelectionRange(start + place.column - 1, start + (lines[line]?.length ?? 0));
  text.scrollTop = (line / lines.length) * text.scrollHeight - text.clientHeight / 2;
});

// The editor takes the place of the plain text area, which goes on holding the text.
async function enrich() {
  if (!form.dataset.editor) return;
  const [{ openEditor }, words] = await Promise.all([
    import(form.dataset.editor),
    fetch(`${base}/completions.json`).then((answer) => (answer.ok ? answer.json() : [])),
  ]);
  if (!openEditor) return;
  const host = form.querySelector("[data-host]");
  host.hidden = false;
  form.querySelector("[data-plain]").hidden = true;
  editor = openEditor(host, {
    text: text.value,
    label: "Situation, as YAML",
    words,
    changed(now) {
      text.value = now;
      text.dispatchEvent(new Event("input"));
    },
  });
  check();
}

text.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(check, 300);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  write.disabled = writing = true;
  const { ok, told } = await send("edit.json", form.dataset.version);
  if (!ok) {
    writing = false;
    says.textContent = told.messages?.join(" ") ?? "That did not work.";
    return;
  }
  written = text.value;
  form.dataset.version = (await (await fetch(`${base}/version.json`)).json()).version;
  writing = false;
  says.textContent = `Written to ${told.file}.`;
});

enrich();

setInterval(async () => {
  if (writing) return;
  const answer = await fetch(`${base}/version.json`).catch(() => null);
  if (!answer?.ok) return;
  const { version } = await answer.json();
  if (version === form.dataset.version) return;
  if (text.value === written) location.reload();
  else says.textContent = "The file has changed on disk. Copy what you wrote and load this page again.";
}, 2000);

addEventListener("beforeunload", (event) => text.value !== written && event.preventDefault());
