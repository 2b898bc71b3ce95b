/*
 * Citing a page or a passage: what is selected, the page of the source that it stands on, an address that leads
 * there, and a line in each style. The lines are made with the site (cite/DOCUMENT.js) and read when they are asked for.
 */
"use strict";

(() => {
  const SAYS = {
    open: {{ _("Cite this page")|tojson }},
    selected: {{ _("Cite this passage")|tojson }},
    title: {{ _("How to cite this passage")|tojson }},
    link: {{ _("Link")|tojson }},
    copy: {{ _("Copy")|tojson }},
    copied: {{ _("Copied")|tojson }},
    close: {{ _("Close")|tojson }},
    page: {{ _("p. %(pages)s", pages="{}")|tojson }},
    pages: {{ _("pp. %(pages)s", pages="{}")|tojson }},
  };
  const SITE = {{ url|tojson }}; // where the site will stand, if the edition says so

  const article = document.querySelector("article[data-document]");
  const body = article?.querySelector(".body");
  if (!body) return;

  const make = (tag, more = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...children);
    return element;
  };

  /* The lines of this document, in a promise: a script of its own tells them. */
  let asked;
  function lines() {
    asked ??= new Promise((done, failed) => {
      addEventListener("citation", (event) => done(event.detail.lines), { once: true });
      document.head.append(make("script", { src: `cite/${article.dataset.document}.js`, onerror: failed }));
    });
    return asked;
  }

  const marks = [...body.querySelectorAll(".pb:not([data-secondary])")];
  const before = (mark, node, offset) => {
    const range = document.createRange();
    range.selectNode(mark);
    return range.comparePoint(node, offset) >= 0;
  };
  const name = (mark) => (mark ? mark.textContent.trim() : article.dataset.page ?? "");

  /* The page of the source that a point of the text stands on, by halving: there may be a thousand. */
  function pageAt(node, offset) {
    let low = 0;
    let high = marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(marks[middle], node, offset)) low = middle + 1;
      else high = middle;
    }
    return marks[low - 1];
  }

  function selected() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    return body.contains(range.startContainer) && body.contains(range.endContainer) ? range : null;
  }

  /* Words of the source alone: no call of a note, no number of a page. */
  function words(range) {
    const copy = range.cloneContents();
    for (const part of copy.querySelectorAll("[data-generated]")) part.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /* Where a link to a passage leads: to the page mark if it begins there, else to what has an identifier around it. */
  function target(range) {
    const start = range.startContainer;
    const around = (start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement).closest("[id]");
    const mark = pageAt(start, range.startOffset);
    return (around && body.contains(around) ? around : mark)?.id ?? "";
  }

  function visiblePage() {
    const passed = marks.filter((mark) => mark.getBoundingClientRect().top < innerHeight / 2);
    return passed.at(-1);
  }

  function passage() {
    const range = selected();
    if (!range) {
      const mark = visiblePage() ?? (article.dataset.page ? undefined : marks[0]);
      return { quote: "", pages: [name(mark)].filter(Boolean), id: mark?.id ?? "" };
    }
    const ends = [pageAt(range.startContainer, range.startOffset), pageAt(range.endContainer, range.endOffset)];
    return { quote: words(range), pages: [...new Set(ends.map(name))].filter(Boolean), id: target(range) };
  }

  function address(id) {
    const file = location.pathname.split("/").at(-1) || "index.html";
    const base = SITE ? SITE + file : location.protocol.startsWith("http") ? location.origin + location.pathname : "";
    return base && id ? `${base}#${id}` : base;
  }

  /* A line with the pages and the address put in, as text: neither can become markup. */
  function filled(line, pages, link) {
    const holder = document.createElement("template");
    holder.innerHTML = line;
    const walk = document.createTreeWalker(holder.content, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      text.data = text.data.replace("{page}", () => pages).replace("https://{address}", () => link);
    }
    return holder.content;
  }

  function copier(source, status) {
    const button = make("button", { type: "button", textContent: SAYS.copy });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.innerText);
      } catch { // a page on a disk may not: then it is selected, ready to be copied
        getSelection().selectAllChildren(source);
        document.execCommand("copy");
      }
      status.textContent = SAYS.copied;
    });
    return button;
  }

  let dialog;
  async function show() {
    const { quote, pages, id } = passage();
    const told = await lines().catch(() => null);
    if (!told) return;
    const link = address(id);
    const label = pages.length ? (pages.length > 1 ? SAYS.pages : SAYS.page).replace("{}", () => pages.join("–")) : "";
    const status = make("p", { className: "copied" });
    status.setAttribute("role", "status");
    const list = make("dl");
    const row = (title, content) => {
      const text = make("span", { dir: "auto" }, content);
      list.append(make("div", {}, make("dt", { textContent: title }), make("dd", {}, text, copier(text, status))));
    };
    for (const [style, line] of told[[label && "page", link && "address"].filter(Boolean).join(" ")]) {
      row(style, filled(line, label, link));
    }
    if (link) row(SAYS.link, link);
    dialog?.remove();
    dialog = make("dialog", { className: "passage" }, make("h2", { id: "passage-title", textContent: SAYS.title, tabIndex: -1, autofocus: true }));
    dialog.setAttribute("aria-labelledby", "passage-title");
    if (quote) dialog.append(make("blockquote", { textContent: quote, lang: article.lang, dir: "auto" }));
    const close = make("button", { type: "button", className: "close", textContent: SAYS.close });
    close.addEventListener("click", () => dialog.close());
    dialog.append(list, status, close);
    document.body.append(dialog);
    dialog.showModal();
  }

  const button = make("button", { type: "button", className: "cite-passage", textContent: SAYS.open });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // what is selected stays so
  button.addEventListener("click", show);
  article.after(button);
  document.addEventListener("selectionchange", () => {
    const range = selected();
    button.textContent = range ? SAYS.selected : SAYS.open;
    button.classList.toggle("floating", Boolean(range));
  });
  addEventListener("cite-passage", show); // the key for it
})();
