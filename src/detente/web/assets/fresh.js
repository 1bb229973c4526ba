// When the file changes on disk, the page is loaded again: what it shows is in its address.
// Pages with a form that is sent do not load this.

const place = `/s/${encodeURIComponent(document.body.dataset.key)}/version.json`;
const EVERY = 3000;
let known = null;

async function look() {
  const answer = await fetch(place).catch(() => null);
  if (!answer?.ok) return;
  const { version } = await answer.json();
  if (known !== null && version !== known) location.reload();
  known = version;
}

look();
setInterval(() => document.hidden || look(), EVERY);
