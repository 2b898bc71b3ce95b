/*
 * The search page: asks the indexes in pagefind/, one for each language, and lists the passages that they name.
 *
 * A query is words and "phrases". In scripts that write no spaces each character is a word of the index, so a run of
 * them is asked for as a phrase: any part of such a text is found. All parts of a query have to be in a passage.
 */
(() => {
  "use strict";

  const UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const CHARACTER = new RegExp(`([${UNSPACED}])`, "gu");
  const RUN = new RegExp(`[${UNSPACED}]+`, "gu");
  const ANY_OF = new Set(["document", "date", "redaction"]); // of persons, all that are chosen have to be named
  // how many were found, in each form that a language has for numbers (CLDR), with a number that takes it
  const PASSAGES = {
{% for name, number in (("zero", 0), ("one", 1), ("two", 2), ("few", 3), ("many", 11), ("other", 100)) %}
    {{ name }}: {{ ngettext("%(number)s passage", "%(number)s passages", number, number="{number}")|tojson }},
{% endfor %}
  };
  const PAGE = {{ _("p. %(number)s", number="{page}")|tojson }};
  const STEP = 20; // results that are shown at once
  const AROUND = 110; // characters on each side of what was found

  const form = document.querySelector(".search-form");
  const field = form.querySelector("input[type=search]");
  const status = document.querySelector(".search-status");
  const list = document.querySelector(".results");
  const more = document.querySelector(".search-more");
  const facets = [...form.querySelectorAll(".facet")];
  let indexes = null;
  let asked = 0;
  let waiting = [];

  document.querySelector(".search-note").remove();
  if (location.protocol === "file:") {
    status.textContent =
      {{ _("This site was opened from a disk, and browsers do not let such a page read the index of the search. The search works as soon as the site lies on a web server; the index of words below works everywhere.")|tojson }};
    return;
  }

  const spaced = (text) => text.replace(CHARACTER, " $1 ").trim().replace(/\s+/g, " ");
  const phrase = (text) => `"${spaced(text)}"`;

  /** The parts of a query: at most one of plain words, and phrases. */
  function parts(query) {
    const found = [];
    let rest = query.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/gu, (_, words) => (found.push(phrase(words)), " "));
    rest = rest.replace(RUN, (run) => (found.push(phrase(run)), " "));
    rest = rest.replace(/["“”„«»]/gu, " ").trim().replace(/\s+/g, " ");
    return rest ? [rest, ...found] : found;
  }

  function load() {
    indexes ??= Promise.all(
      form.dataset.languages.split(" ").map(async (language) => {
        const index = await import(new URL(`pagefind/${language}/pagefind.js`, document.baseURI));
        await index.options({ ranking: { metaWeights: { label: 0 } } });
        await index.filters(); // or no answer would count them
        return index;
      }),
    );
    return indexes;
  }

  function chosen() {
    const filters = {};
    for (const facet of facets) {
      const values = [...facet.querySelectorAll("input:checked")].map((box) => box.value);
      if (values.length) filters[facet.dataset.facet] = ANY_OF.has(facet.dataset.facet) ? { any: values } : values;
    }
    return filters;
  }

  /** The passages of one index that have all parts, each with its score and the places of the words in it. */
  async function ask(index, query, filters) {
    const answers = await Promise.all((query.length ? query : [null]).map((part) => index.search(part, { filters })));
    const [first, ...others] = answers;
    const results = first.results.flatMap((result) => {
      if (query.length && !result.words.length) return []; // only its label has the word
      const same = others.map((answer) => answer.results.find((other) => other.id === result.id));
      if (same.includes(undefined)) return [];
      const all = [result, ...same];
      return [{ data: result.data, score: all.reduce((sum, r) => sum + r.score, 0), words: all.flatMap((r) => r.words) }];
    });
    return { results, totals: first.totalFilters, exact: !others.length };
  }

  async function search() {
    const ticket = ++asked;
    const query = parts(field.value);
    const filters = chosen();
    remember(filters);
    if (!query.length && !Object.keys(filters).length) return show([], "");
    const answers = await Promise.all((await load()).map((index) => ask(index, query, filters)));
    if (ticket !== asked) return; // somebody typed on meanwhile
    const results = answers.flatMap((answer) => answer.results).sort((a, b) => b.score - a.score);
    narrow(answers);
    const number = results.length;
    const form = PASSAGES[new Intl.PluralRules(document.documentElement.lang).select(number)];
    show(results, number ? form.replace("{number}", number) : {{ _("Nothing found.")|tojson }});
  }

  /** Fill the facets with what the passages found have; numbers only where they are right. */
  function narrow(answers) {
    const exact = answers.every((answer) => answer.exact);
    for (const facet of facets) {
      const counts = new Map();
      for (const { totals } of answers) {
        for (const [value, count] of Object.entries(totals?.[facet.dataset.facet] ?? {})) {
          counts.set(value, (counts.get(value) ?? 0) + count);
        }
      }
      fill(facet, counts, exact);
    }
  }

  function fill(facet, counts, exact) {
    const kept = new Set([...facet.querySelectorAll("input:checked")].map((box) => box.value));
    const values = [...counts].filter(([value, count]) => count || kept.has(value));
    values.sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
    facet.hidden = !values.length;
    const focused = document.activeElement?.value;
    facet.querySelector(".values").replaceChildren(...values.map(([value, count]) => choice(value, count, kept, exact)));
    const box = [...facet.querySelectorAll("input")].find((input) => input.value === focused);
    if (box && document.activeElement === document.body) box.focus();
  }

  function choice(value, count, kept, exact) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value, checked: kept.has(value) });
    const label = document.createElement("label");
    label.append(box, ` ${value}`, exact ? ` (${count})` : "");
    return label;
  }

  function show(results, message) {
    status.textContent = message;
    list.replaceChildren();
    waiting = results;
    return append();
  }

  async function append() {
    const ticket = asked;
    const next = waiting.splice(0, STEP);
    const items = await Promise.all(next.map(async (result) => item(await result.data(), result.words)));
    if (ticket !== asked) return;
    list.append(...items);
    more.hidden = !waiting.length;
  }

  function item(data, words) {
    const link = Object.assign(document.createElement("a"), { href: data.raw_url });
    link.append(...[data.filters.document?.[0], data.meta.page ? PAGE.replace("{page}", () => data.meta.page) : data.meta.label].filter(Boolean).join(", "));
    const text = document.createElement("p");
    text.append(...excerpt(data.raw_content ?? data.content, words));
    const entry = document.createElement("li");
    entry.append(link, text);
    return entry;
  }

  /** What stands around the first word that was found, with all found words marked, as nodes. */
  function excerpt(content, places) {
    const words = content.split(/\s+/);
    const found = new Set(places);
    const middle = found.size ? Math.min(...found) : 0;
    let [from, to] = [middle, middle];
    for (let size = 0; from > 0 && size < AROUND; size += words[from].length + 1) from--;
    for (let size = 0; to < words.length - 1 && size < 2 * AROUND; size += words[to].length + 1) to++;
    const nodes = from ? ["…\u00a0"] : [];
    for (let i = from; i <= to; i++) {
      if (i > from && gap(words[i - 1], words[i])) nodes.push(" ");
      nodes.push(found.has(i) ? Object.assign(document.createElement("mark"), { textContent: words[i] }) : words[i]);
    }
    return to < words.length - 1 ? [...nodes, "\u00a0…"] : nodes;
  }

  const unspaced = new RegExp(`[${UNSPACED}]`, "u");
  /** Whether a space stood between two words: not where the index alone has set characters apart. */
  function gap(before, after) {
    const character = unspaced.test(before) || unspaced.test(after);
    return !character || (/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after) && !(unspaced.test(before) && unspaced.test(after)));
  }

  /** The query stands in the address, to be kept and sent. */
  function remember(filters) {
    const parameters = new URLSearchParams(field.value ? { q: field.value } : {});
    for (const [name, values] of Object.entries(filters)) {
      for (const value of values.any ?? values) parameters.append(name, value);
    }
    const query = parameters.toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  function recall() {
    const parameters = new URLSearchParams(location.search);
    field.value = parameters.get("q") ?? "";
    for (const facet of facets) {
      const values = parameters.getAll(facet.dataset.facet);
      facet.querySelector(".values").replaceChildren(...values.map((value) => choice(value, 0, new Set(values), false)));
      facet.open = values.length > 0;
    }
  }

  const run = () => search().catch((error) => (status.textContent = {{ _("The index cannot be read: %(cause)s", cause="{cause}")|tojson }}.replace("{cause}", () => error.message)));
  let pause;
  form.addEventListener("submit", (event) => (event.preventDefault(), run()));
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  field.addEventListener("input", () => (clearTimeout(pause), (pause = setTimeout(run, 250))));
  form.addEventListener("change", (event) => event.target.type === "checkbox" && run());
  more.querySelector("button").addEventListener("click", append);
  form.hidden = false;
  recall();
  if (location.search) run();
  if (location.hash === "#query") field.focus({ preventScroll: true }); // who came by a key wants to write
})();
