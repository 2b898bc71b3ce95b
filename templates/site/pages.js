/* Go to page: a field on the pages of a text, and on the list of pages what other pages ask it for. */
(function () {
  "use strict";
  const plain = (label) => label.replace(/[[\]\s]/g, "").toLowerCase();
  const find = (where, label) => where && [...where.querySelectorAll(".page-numbers a")]
    .find((link) => plain(link.textContent) === plain(label));

  for (const form of document.querySelectorAll(".go-to form")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      const link = find(form.parentNode, form.elements.page.value);
      if (!link) return; // the list of all pages knows more
      event.preventDefault();
      form.parentNode.open = false;
      location.href = link.href;
    });
  }

  const asked = new URLSearchParams(location.search);
  const list = document.getElementById("pages-" + asked.get("document"));
  if (!list || !asked.get("page")) return;
  const link = find(list, asked.get("page"));
  if (link) { location.replace(link.href); return; }
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.textContent = {{ _("There is no page %(number)s.", number="{number}")|tojson }}.replace("{number}", () => asked.get("page"));
  list.querySelector("h2").after(told);
  list.scrollIntoView();
})();
