/*
 * Images of pages: the one of the page that is being read stands beside the text, and goes along with it. The viewer
 * that enlarges them is loaded when a reader asks for it, and an image of another host likewise, never before. Whether
 * images are shown at all is one of the choices that site.js keeps.
 */
"use strict";

(() => {
  const pane = document.querySelector(".facsimiles");
  if (!pane) return;
  const items = [...pane.querySelectorAll("li")].map((element) => ({
    element,
    mark: document.querySelector(`.body .facs-mark[href="#${CSS.escape(element.id)}"]`),
    image: element.querySelector(".page-image"),
  }));
  const tools = pane.querySelector(".facsimile-tools");
  const asked = new Set([""]); // hosts that the reader has asked for images; "" is this site
  let current = -1;
  let held = 0; // until when the image stays that the reader has chosen, while the text scrolls to it
  let viewer = null;
  let enlarged = false;
  let from = null; // where the focus goes back to

  const button = (act) => tools.querySelector(`[data-act="${act}"]`);
  const beside = () => getComputedStyle(pane).getPropertyValue("--beside").trim() === "yes"; // the style sheet knows
  const may = (image) => asked.has(image.dataset.host || "");

  function show(number) {
    if (number === current || !items[number]) return;
    current = number;
    items.forEach((item, n) => {
      item.element.classList.toggle("current", n === number);
      item.mark?.classList.toggle("current", n === number);
    });
    button("back").disabled = number === 0;
    button("on").disabled = number === items.length - 1;
    settle();
  }

  /* The page that is being read: the last one that begins above the middle of the window. */
  function follow() {
    if (Date.now() < held) return;
    const begun = items.filter((item) => !item.mark || item.mark.getBoundingClientRect().top < innerHeight * 0.45);
    show(Math.max(0, items.indexOf(begun.at(-1))));
  }

  function turn(step) {
    const item = items[current + step];
    if (!item) return;
    held = Date.now() + 600;
    show(current + step);
    item.mark?.scrollIntoView({ block: "start" });
  }

  /* The choice is kept by site.js, which has a box for it. */
  function choose(shown) {
    const box = document.querySelector(".settings [name=facsimile]");
    if (box ? box.checked !== shown : false) box.click();
  }

  function open(number, opener) {
    from = opener;
    choose(true);
    held = Date.now() + 600;
    pane.classList.add("open");
    show(number);
    settle();
    items[number].mark?.scrollIntoView({ block: "nearest" }); // the text may have got another width
    pane.focus({ preventScroll: true });
  }

  function close() {
    const wide = beside();
    pane.classList.remove("open");
    enlarge(false);
    if (pane.classList.contains("here") && wide) choose(false);
    (from?.isConnected && from.offsetParent ? from : items[current]?.mark)?.focus?.();
    from = null;
  }

  /* The viewer: one script, when it is wanted for the first time. */
  let loading = null;
  const library = () => loading ??= new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: pane.dataset.viewer, onload: done, onerror: failed });
    document.head.append(script);
  });

  const room = Object.assign(document.createElement("div"), { className: "viewer", hidden: true });

  async function made() {
    await library();
    if (viewer) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    viewer = window.OpenSeadragon({
      element: room, showNavigationControl: false, drawer: "canvas", crossOriginPolicy: false,
      animationTime: calm ? 0 : 0.6, maxZoomPixelRatio: 4, visibilityRatio: 0.5, gestureSettingsMouse: { clickToZoom: false },
    });
    viewer.addHandler("open", () => {
      const region = (items[current].image.dataset.region || "").split(",").map(Number);
      if (region.length !== 4) return;
      const size = viewer.world.getItemAt(0).getContentSize();
      const [x, y, w, h] = region;
      viewer.viewport.fitBounds(viewer.viewport.imageToViewportRectangle(x * size.x, y * size.y, w * size.x, h * size.y), true);
    });
    viewer.addHandler("open-failed", () => { viewer.shown = null; enlarge(false); });
  }

  async function enlarge(wanted) {
    enlarged = wanted;
    settle(); // first, so that the viewer finds the room that it will have
    if (!wanted || viewer) return;
    try {
      await made();
    } catch {
      enlarged = false; // the script cannot be had; the link to the image still can
    }
    settle();
  }

  /* Bring what is seen in line with what is wanted. */
  function settle() {
    const { image } = items[current];
    const seen = enlarged && may(image);
    room.hidden = !seen;
    pane.classList.toggle("enlarged", Boolean(seen));
    button("enlarge")?.setAttribute("aria-pressed", String(Boolean(seen)));
    for (const act of ["in", "out"]) if (button(act)) button(act).hidden = !seen;
    if (button("enlarge")) button("enlarge").hidden = !may(image);
    if (!seen || !viewer || viewer.shown === image) return;
    viewer.shown = image;
    const { source } = image.dataset;
    viewer.canvas.setAttribute("role", "img");
    viewer.canvas.setAttribute("aria-label", image.querySelector("img")?.alt || image.textContent);
    viewer.open(source.endsWith("/info.json") ? source : { type: "image", url: new URL(source, location.href).href });
  }

  /* The reader asks for the images of a host: they are loaded as they come to be shown. */
  function ask(button) {
    const image = button.parentNode.querySelector(".page-image");
    asked.add(image.dataset.host);
    for (const other of pane.querySelectorAll("[data-act=ask]")) {
      const of = other.parentNode.querySelector(".page-image");
      other.hidden = may(of);
      if (may(of) && !pane.dataset.viewer) plain(of);
    }
    if (!pane.dataset.viewer) return;
    choice(image);
    enlarge(true);
  }

  /* Of several images of a page one is enlarged: the first, until a reader chooses another. */
  function choice(image) {
    const number = items.findIndex((item) => item.element.contains(image));
    items[number].image = image;
    pane.classList.toggle("open", pane.classList.contains("open") || !pane.classList.contains("here") || !beside());
    show(number);
  }

  /* Without the viewer an image of another host is put into its own link. */
  function plain(image) {
    if (image.querySelector("img") || image.dataset.source.endsWith("/info.json")) return;
    const picture = Object.assign(document.createElement("img"), { loading: "lazy", alt: image.textContent, src: image.href });
    picture.addEventListener("error", () => { image.textContent = picture.alt; });
    image.replaceChildren(picture);
  }

  const ACTS = {
    back: () => turn(-1),
    on: () => turn(1),
    close,
    enlarge: () => enlarge(!enlarged),
    in: () => viewer?.viewport.zoomBy(1.5).applyConstraints(),
    out: () => viewer?.viewport.zoomBy(1 / 1.5).applyConstraints(),
  };

  tools.hidden = false;
  tools.after(room);
  pane.classList.add("follows");
  for (const other of pane.querySelectorAll("[data-act=ask]")) other.hidden = false;
  pane.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    const image = event.target.closest(".page-image");
    if (act === "ask") ask(event.target);
    else if (act) ACTS[act]();
    else if (image && pane.dataset.viewer && may(image) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choice(image);
      enlarge(true).then(() => button("enlarge").focus());
    }
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.(".body .facs-mark");
    if (!mark) return;
    event.preventDefault();
    open(items.findIndex((item) => item.mark === mark), mark);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(pane.contains(document.activeElement) || pane.classList.contains("open"))) return;
    event.preventDefault();
    if (enlarged) enlarge(false).then(() => button("enlarge")?.focus());
    else close();
  });
  const observer = new IntersectionObserver(follow, { rootMargin: "0px 0px -55% 0px" });
  for (const item of items) if (item.mark) observer.observe(item.mark);
  addEventListener("hashchange", follow);
  show(0);
  follow();
})();
