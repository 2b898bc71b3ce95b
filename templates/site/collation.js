/* Comfort on a collation: choose the witnesses, and see only the places where these differ. */
(function () {
  "use strict";
  const form = document.querySelector(".collation-filter");
  const table = document.querySelector("table.collation");
  if (!form || !table) return;
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.querySelectorAll("tbody tr:not(.division)")];
  const boxes = [...form.querySelectorAll("[name=witness]")].map((input, number) => ({ input, n: number + 2 }));
  const differ = form.querySelector("[name=differ]");
  const told = form.querySelector("output");

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
    told.textContent = form.dataset.count.replace("{shown}", count).replace("{all}", rows.length);
  }

  for (const button of form.querySelectorAll("[data-check]")) {
    button.addEventListener("click", () => {
      for (const b of boxes) b.input.checked = button.dataset.check === "all";
      show();
    });
  }
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
})();
