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
  const LABELS = { small: {{ _("small")|tojson }}, usual: {{ _("usual")|tojson }}, large: {{ _("large")|tojson }}, largest: {{ _("largest")|tojson }} };
  /* What can be hidden: how it is called, and what of a page it concerns. */
  const HIDDEN = {
    beside: [{{ _("notes beside the text")|tojson }}, ".notes li[data-note]"],
    pages: [{{ _("page numbers")|tojson }}, ".pb"],
    lines: [{{ _("line numbers")|tojson }}, ".line-number"],
    names: [{{ _("names as links")|tojson }}, ".body :is(.persName, .placeName, .orgName, .rs, .name)[href]"],
    stamps: [{{ _("stamps")|tojson }}, ".stamp"],
    facsimile: [{{ _("images of pages")|tojson }}, ".page-image"],
    changes: [{{ _("changes by the writer")|tojson }}, ".body :is(.add, .del)"],
    keys: [{{ _("keyboard shortcuts")|tojson }}, "body"], // the last: who speaks to a machine must be able to turn them off
  };
  const SWAPPED = {{ (_("words as the source has them") if form == "reading" else _("words as the editors read them"))|tojson }};

  /* A choice as it stands in an address: "dark.large.no-pages". Unknown words are ignored. */
  function parse(text) {
    const words = new Set((text || "").split("."));
    return {
      theme: THEMES.find((theme) => words.has(theme)) || "",
      size: SIZES.find((size) => words.has(size)) || "usual",
      swapped: words.has("swapped"),
      hidden: Object.keys(HIDDEN).filter((part) => words.has(`no-${part}`)),
    };
  }

  function written(choice) {
    const size = choice.size === "usual" ? "" : choice.size;
    return [choice.theme, size, choice.swapped && "swapped", ...choice.hidden.map((part) => `no-${part}`)].filter(Boolean).join(".");
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
    root.classList.toggle("swapped", choice.swapped);
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
  root.classList.add("placing"); // what a later script puts beside the text is not seen elsewhere before
  addEventListener("load", () => root.classList.remove("placing"));

  /* A link to another page of this site carries the choice along. */
  function follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    const here = url.protocol === location.protocol && url.host === location.host;
    if (!here || !url.pathname.endsWith(".html")) return;
    if (link.closest(".second") && scrollY) url.hash = reading();
    link.href = withView(url).href;
  }

  /* What stands at the top of the window: the other form of the text is opened there. */
  function reading() {
    const parts = [...document.querySelectorAll(".body [id]")];
    return parts.find((part) => part.getBoundingClientRect().top >= 0)?.id ?? "";
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
    box.append(Object.assign(document.createElement("summary"), { textContent: {{ _("View")|tojson }} }));
    const themes = [["", {{ _("as the system")|tojson }}], ["light", {{ _("light")|tojson }}], ["dark", {{ _("dark")|tojson }}]].map(([value, label]) =>
      option("radio", "theme", label, choice.theme === value, () => { choice.theme = value; }));
    const sizes = SIZES.map((size) => option("radio", "size", LABELS[size], choice.size === size, () => { choice.size = size; }));
    const here = Object.entries(HIDDEN).filter(([, [, where]]) => document.querySelector(where));
    const parts = here.map(([part, [label]]) =>
      option("checkbox", part, label, !choice.hidden.includes(part), (shown) => {
        choice.hidden = choice.hidden.filter((other) => other !== part).concat(shown ? [] : [part]);
      }));
    const shortcuts = parts.pop();
    if (document.querySelector(".choice:is([title], [data-brief])")) { // where the source has a word and the editors another
      parts.push(option("checkbox", "swapped", SWAPPED, choice.swapped, (on) => { choice.swapped = on; }));
    }
    const keys = document.createElement("p");
    keys.className = "keys";
    keys.textContent = {{ _("Keys: n next, p previous, c contents, q cite, v this panel, / search.")|tojson }};
    const form = document.createElement("form");
    form.append(group({{ _("Colours")|tojson }}, themes), group({{ pgettext("size of letters", "Text")|tojson }}, sizes));
    if (parts.length) form.append(group({{ _("Show")|tojson }}, parts));
    form.append(shortcuts, keys);
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
    q: () => dispatchEvent(new Event("cite-passage")),
    "/": () => {
      const link = document.querySelector(".masthead nav a[href='search.html']");
      const field = document.querySelector(".search-form:not([hidden]) input[type=search]");
      if (field) field.focus();
      else if (link) location.href = Object.assign(withView(link.href), { hash: "query" }).href;
    },
    v: () => {
      const box = document.querySelector(".settings");
      box.open = !box.open;
      box.firstChild.focus();
    },
  };

  function press(event) {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    if (choice.hidden.includes("keys")) return;
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
