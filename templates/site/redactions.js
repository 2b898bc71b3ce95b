/* Comfort on the register of redactions: choose document, code and page; the choice stays in the address. */
(function () {
  "use strict";
  const groups = [...document.querySelectorAll("details.of-document")];
  const rows = groups.flatMap((group) => [...group.querySelectorAll("tbody tr")].map((row) => ({
    row, group, document: group.querySelector("h2").textContent.trim(),
    page: row.cells[1].textContent.trim(),
    codes: row.cells[4].textContent.split(",").map((code) => code.trim()),
  })));
  if (!rows.length) return;
  const form = document.createElement("form");
  form.className = "filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", {{ _("Redactions")|tojson }});
  const told = document.createElement("output");
  const chosen = {};
  const labels = { document: {{ _("Document")|tojson }}, code: {{ _("Code")|tojson }}, page: {{ _("Page")|tojson }} };
  const values = { document: (r) => [r.document], code: (r) => r.codes, page: (r) => [r.page] };
  for (const [name, of] of Object.entries(values)) {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.name = name;
    select.add(new Option({{ _("all")|tojson }}, ""));
    for (const value of new Set(rows.flatMap(of))) if (value) select.add(new Option(value));
    label.append(labels[name] + " ", select);
    form.append(label);
    chosen[name] = select;
  }
  form.append(told);
  groups[0].before(form);

  function show() {
    const shown = new Set();
    for (const r of rows) {
      const fits = Object.entries(values).every(([name, of]) => !chosen[name].value || of(r).includes(chosen[name].value));
      r.row.hidden = !fits;
      if (fits) shown.add(r);
    }
    for (const group of groups) group.hidden = ![...shown].some((r) => r.group === group);
    told.textContent = {{ _("%(shown)s of %(all)s", shown="{shown}", all="{all}")|tojson }}.replace("{shown}", shown.size).replace("{all}", rows.length);
  }

  function remember() {
    const query = new URLSearchParams();
    for (const name in chosen) if (chosen[name].value) query.set(name, chosen[name].value);
    try { history.replaceState(null, "", (query.size ? "?" + query : location.pathname) + location.hash); } catch { /* file:// */ }
  }

  const asked = new URLSearchParams(location.search);
  for (const name in chosen) {
    const value = asked.get(name);
    if (value && [...chosen[name].options].some((option) => option.value === value)) chosen[name].value = value;
  }
  form.addEventListener("change", () => { show(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
