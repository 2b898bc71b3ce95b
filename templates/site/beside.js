/*
 * Notes and entries of an apparatus beside the text, each at the height of its call, where there is room for them.
 * The order of the page stays what it is: only where they are seen changes. What finds no place near its call stays
 * behind the text, as do all of them without this script or on a narrow screen.
 */
"use strict";

(() => {
  const article = document.querySelector("article");
  const body = article?.querySelector(".body");
  const notes = [...(article?.querySelectorAll(".notes li[data-note]") ?? [])];
  const root = document.documentElement;
  if (!notes.length) return;

  const GAP = 8; // pixels between two notes
  const FARTHEST = 480; // pixels that a note may slip below its call

  const calls = new Map(notes.map((note) => [note, document.getElementById(`${note.id}-call`)]));

  function place() {
    root.classList.add("beside-ready");
    for (const note of notes) note.classList.add("beside");
    // a style sheet decides whether there is room: only then are they out of the flow of the text
    if (getComputedStyle(notes[0]).position !== "absolute") {
      for (const note of notes) { note.classList.remove("beside"); note.style.top = ""; }
      finish();
      return;
    }
    const top = article.getBoundingClientRect().top;
    const limit = body.getBoundingClientRect().bottom - top;
    const measured = notes
      .map((note) => ({ note, height: note.offsetHeight, call: calls.get(note)?.getBoundingClientRect() }))
      .map(({ note, height, call }) => ({ note, height, wanted: call?.height ? call.top - top : -1 }))
      .sort((a, b) => a.wanted - b.wanted);
    let free = 0;
    for (const { note, height, wanted } of measured) {
      const at = Math.max(wanted, free);
      const fits = wanted >= 0 && at - wanted <= FARTHEST && at + height <= limit + FARTHEST;
      note.classList.toggle("beside", fits);
      note.style.top = fits ? `${Math.round(at)}px` : "";
      if (fits) free = at + height + GAP;
    }
    article.style.minHeight = `${Math.ceil(free)}px`;
    finish();
  }

  function finish() {
    const any = notes.some((note) => note.classList.contains("beside"));
    if (!any) article.style.minHeight = "";
    for (const section of article.querySelectorAll("section.notes")) {
      const left = [...section.querySelectorAll("li[data-note]")].some((note) => !note.classList.contains("beside"));
      section.classList.toggle("all-beside", !left);
    }
  }

  function show(event) {
    const call = event.target.closest?.(".noteref");
    for (const note of notes) note.classList.toggle("meant", Boolean(call) && calls.get(note) === call);
  }

  let waiting = 0;
  const again = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(place); };

  place();
  root.classList.remove("placing");
  document.fonts?.ready.then(again);
  addEventListener("resize", again);
  new ResizeObserver(again).observe(body);
  new MutationObserver(again).observe(root, { attributeFilter: ["class", "data-size"] });
  body.addEventListener("pointerover", show);
  body.addEventListener("focusin", show);
})();
