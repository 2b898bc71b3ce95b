/*
 * Who or what a name means, what a note says, and the other form of a word, while the pointer or the focus is on it.
 * It stays while the pointer is on it, and goes with Escape (WCAG 2.2, 1.4.13). Links lead where they always lead.
 */
"use strict";

(() => {
  const body = document.querySelector("article .body");
  if (!body) return;

  const box = Object.assign(document.createElement("div"), { id: "popup", className: "popup", hidden: true });
  box.setAttribute("role", "tooltip");
  document.querySelector("main").append(box); // inside a landmark

  /* Who is meant is told with the first name on a page; what the browser itself would show is taken off all. */
  const told = new Map();
  for (const part of body.querySelectorAll("[title]")) {
    part.dataset.brief = part.title;
    part.removeAttribute("title");
    if (part.matches("a[href]") && !told.has(part.href)) told.set(part.href, part.dataset.brief);
  }

  /* The other form of each word, put beside it, for who asks to read the text with those (a class of the page). */
  for (const word of body.querySelectorAll(".choice[data-brief]")) {
    const other = Object.assign(document.createElement("span"), { className: "other-form", textContent: word.dataset.brief });
    other.dataset.generated = "";
    other.dataset.brief = word.textContent;
    word.after(other);
  }

  const brief = (part) => part.dataset.brief ?? (part.matches(".persName, .placeName, .orgName, .rs, .name, .term")
    ? told.get(part.href) : undefined);

  let owner = null;
  let leaving = 0;

  function note(call) {
    const found = document.getElementById(call.getAttribute("href").slice(1));
    if (!found || found.classList.contains("beside")) return null;
    const copy = found.querySelector(".note-text")?.cloneNode(true);
    for (const part of copy?.querySelectorAll("[id]") ?? []) part.removeAttribute("id");
    return copy ?? null;
  }

  function content(part) {
    if (part.matches(".noteref")) return note(part);
    const text = brief(part);
    return text ? document.createTextNode(text) : null;
  }

  function open(part) {
    clearTimeout(leaving);
    if (part === owner) return;
    close();
    const inside = content(part);
    if (!inside) return;
    owner = part;
    box.replaceChildren(inside);
    box.hidden = false;
    owner.setAttribute("aria-describedby", box.id);
    const place = [...part.getClientRects()].at(-1) ?? part.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(place.left, width - box.offsetWidth - 8));
    const below = place.bottom + 6 + box.offsetHeight <= innerHeight || place.top < box.offsetHeight + 6;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(below ? place.bottom + 6 : place.top - box.offsetHeight - 6) + scrollY}px`;
  }

  function close() {
    clearTimeout(leaving);
    owner?.removeAttribute("aria-describedby");
    owner = null;
    box.hidden = true;
  }

  const later = () => { clearTimeout(leaving); leaving = setTimeout(close, 250); };
  const meant = (event) => event.target.closest?.(".noteref, [data-brief], a[href]");

  body.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return; // a finger follows the link
    const part = meant(event);
    if (part) open(part);
  });
  body.addEventListener("pointerout", later);
  body.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) open(meant(event) ?? body); });
  body.addEventListener("focusout", later);
  box.addEventListener("pointerover", () => clearTimeout(leaving));
  box.addEventListener("pointerout", later);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
})();
