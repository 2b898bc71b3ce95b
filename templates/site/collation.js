/* Comfort on a collation: choose the witnesses, and see only the places where these differ. Its words are the page's. */
(function () {
  "use strict";
  const place = document.querySelector(".filter-place");
  const table = document.querySelector("table.collation");
  if (!place || !table) return;
  const heads = [...table.tHead.rows[0].cells];
  const last = heads.length - (table.querySelector("td.others") ? 1 : 0);
  const rows = [...table.querySelectorAll("tbody tr:not(.division)")];
  const form = document.createElement("form");
  form.className = "collation-filter";
  form.setAttribute("aria-label", place.dataset.title);
  const set = document.createElement("fieldset");
  set.append(Object.assign(document.createElement("legend"), { textContent: place.dataset.title }));
  const boxes = [];

  function box(parent, text, checked) {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", checked });
    label.append(input, text);
    parent.append(label);
    return input;
  }

  for (let n = 2; n < last; n++) boxes.push({ n, name: heads[n].textContent, input: box(set, heads[n].textContent, true) });
  for (const [key, checked] of [["all", true], ["none", false]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: place.dataset[key] });
    button.addEventListener("click", () => { for (const b of boxes) b.input.checked = checked; show(); });
    set.append(button);
  }
  form.append(set);
  const differ = box(form, place.dataset.differ, false);
  const told = document.createElement("output");
  form.append(" ", told);
  place.replaceWith(form);

  function show() {
    const hidden = boxes.filter((b) => !b.input.checked);
    const shown = boxes.filter((b) => b.input.checked);
    for (const b of boxes) heads[b.n].hidden = !b.input.checked;
    let count = 0;
    for (const row of rows) {
      for (const b of hidden) row.cells[b.n].hidden = true;
      for (const b of shown) row.cells[b.n].hidden = false;
      const groups = new Set(shown.map((b) => row.cells[b.n].className.match(/\bg\d/)?.[0] ? row.cells[b.n].textContent : null));
      groups.delete(null);
      row.hidden = differ.checked && groups.size < 2;
      count += row.hidden ? 0 : 1;
    }
    for (const body of table.tBodies) {
      const own = [...body.rows].filter((row) => !row.classList.contains("division"));
      body.hidden = own.length > 0 && own.every((row) => row.hidden);
    }
    told.textContent = place.dataset.count.replace("{shown}", count).replace("{all}", rows.length);
  }

  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
