// A sentence of the text: the claims that stand in it, and what rests on them, beside it.

const list = document.querySelector("[data-rests-list]");

function copyOf(name) {
  const claim = document.getElementById(`claim-${name}`)?.cloneNode(true);
  if (!claim) return [];
  claim.removeAttribute("id");
  claim.hidden = false;
  for (const part of claim.querySelectorAll("details")) part.open = true;
  return [claim];
}

function choose(sentence) {
  for (const other of document.querySelectorAll(".sentence[aria-current]")) other.removeAttribute("aria-current");
  sentence.setAttribute("aria-current", "true");
  list.replaceChildren(...sentence.dataset.claims.split(" ").flatMap(copyOf));
  list.closest("[data-rests]").scrollTop = 0;
}

for (const sentence of document.querySelectorAll("[data-claims]")) {
  sentence.addEventListener("click", (event) => {
    event.preventDefault();
    choose(sentence);
  });
}
