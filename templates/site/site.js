/*
 * Comfort for readers: light or dark, the size of the text, what is shown beside it, and keys. Every page is whole
 * without this. The choice is kept in the address (?view=…), so that it can be passed on, and, where the browser
 * allows it, from one page to the next.
 */
"use strict";

(() => {
  const root = document.documentElement;
  const SIZES = ["small", "usual", "large", "largest"];
  const THEMES = ["light", "dark"];
  const HIDDEN = { pages: "page numbers", lines: "line numbers", names: "names as links", stamps: "stamps", facsimile: "images of pages" };

  /* A choice as it stands in an address: "dark.large.no-pages". Unknown words are ignored. */
  function parse(text) {
    const words = new Set((text || "").split("."));
    return {
      theme: THEMES.find((theme) => words.has(theme)) || "",
      size: SIZES.find((size) => words.has(size)) || "usual",
      hidden: Object.keys(HIDDEN).filter((part) => words.has(`no-${part}`)),
    };
  }

  function written(choice) {
    const size = choice.size === "usual" ? "" : choice.size;
    return [choice.theme, size, ...choice.hidden.map((part) => `no-${part}`)].filter(Boolean).join(".");
  }

  /* Pages on a disk may have no memory of their own. */
  function remembered(text) {
    try {
      if (text === undefined) return localStorage.getItem("teipress-view");
      localStorage.setItem("teipress-view", text);
    } catch { /* then the address alone has to do */ }
    return null;
  }

  const asked = new URLSearchParams(location.search).get("view");
  const choice = parse(asked ?? remembered());

  function apply() {
    root.toggleAttribute("data-theme", Boolean(choice.theme));
    if (choice.theme) root.dataset.theme = choice.theme;
    root.dataset.size = choice.size;
    for (const part of Object.keys(HIDDEN)) root.classList.toggle(`no-${part}`, choice.hidden.includes(part));
  }

  function withView(address) {
    const url = new URL(address, location.href);
    const view = written(choice);
    if (view) url.searchParams.set("view", view);
    else url.searchParams.delete("view");
    return url;
  }

  function changed() {
    apply();
    remembered(written(choice));
    history.replaceState(null, "", withView(location.href));
  }

  apply(); // before anything is painted

  /* A link to another page of this site carries the choice along. */
  function follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    const here = url.protocol === location.protocol && url.host === location.host;
    if (here && url.pathname.endsWith(".html")) link.href = withView(url).href;
  }

  function option(type, name, label, checked, act) {
    const line = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type, name, checked });
    input.addEventListener("change", () => { act(input.checked); changed(); });
    line.append(input, ` ${label}`);
    return line;
  }

  function group(title, lines) {
    const set = document.createElement("fieldset");
    set.append(Object.assign(document.createElement("legend"), { textContent: title }), ...lines);
    return set;
  }

  function panel() {
    const box = document.createElement("details");
    box.className = "settings";
    box.append(Object.assign(document.createElement("summary"), { textContent: "View" }));
    const themes = [["", "as the system"], ["light", "light"], ["dark", "dark"]].map(([value, label]) =>
      option("radio", "theme", label, choice.theme === value, () => { choice.theme = value; }));
    const sizes = SIZES.map((size) => option("radio", "size", size, choice.size === size, () => { choice.size = size; }));
    const parts = Object.entries(HIDDEN).map(([part, label]) =>
      option("checkbox", part, label, !choice.hidden.includes(part), (shown) => {
        choice.hidden = choice.hidden.filter((other) => other !== part).concat(shown ? [] : [part]);
      }));
    const keys = document.createElement("p");
    keys.className = "keys";
    keys.textContent = "Keys: n next, p previous, c contents, v this panel, / search.";
    const form = document.createElement("form");
    form.append(group("Colours", themes), group("Text", sizes), group("Show", parts), keys);
    box.append(form);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      box.open = false;
      box.firstChild.focus();
    });
    return box;
  }

  const KEYS = {
    n: () => document.querySelector("a[rel=next]")?.click(),
    p: () => document.querySelector("a[rel=prev]")?.click(),
    c: () => document.querySelector(".masthead nav a")?.click(),
    "/": () => document.querySelector(".masthead nav a[href='search.html']")?.click(),
    v: () => {
      const box = document.querySelector(".settings");
      box.open = !box.open;
      box.firstChild.focus();
    },
  };

  function press(event) {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".masthead nav")?.after(panel());
    document.addEventListener("click", follow, true);
    document.addEventListener("auxclick", follow, true);
    document.addEventListener("keydown", press);
  });
})();
