/* Search in all years, in the browser alone: the index came along as a script. What is asked stands in the address. */
(() => {
  "use strict";
  const { fold, words, stem } = window.houvastStam;
  const { texts, words: index } = window.houvastZoekindex;
  const form = document.getElementById("zoekformulier");
  const field = document.getElementById("zoekterm");
  const year = document.getElementById("jaar");
  const kind = document.getElementById("soort");
  const count = document.getElementById("aantal");
  const list = document.getElementById("gevonden");
  const MOST = 100;
  const AROUND = 90;

  /* The words of the index that a typed word means: of the same stem, or that begin with it. */
  function meant(word) {
    const same = stem(word);
    return index.filter(([form_, stem_]) => stem_ === same || (word.length > 2 && form_.startsWith(word)));
  }

  function find(typed) {
    const asked = [...new Set(words(typed))];
    if (!asked.length) return null;
    const forms = new Set();
    const score = new Map();
    asked.forEach((word, at) => {
      const places = new Map();
      for (const [form_, , found] of meant(word)) {
        forms.add(form_);
        for (const place of found) places.set(place, Math.max(places.get(place) || 0, form_ === word ? 2 : 1));
      }
      for (const [place, worth] of places) {
        if (at === 0) score.set(place, [1, worth]);
        else if (score.has(place) && score.get(place)[0] === at) {
          score.set(place, [at + 1, score.get(place)[1] + worth]);
        }
      }
    });
    const hits = [...score].filter(([, [words_]]) => words_ === asked.length).map(([place, [, worth]]) => {
      const inHeading = words(texts[place][3]).some((word) => forms.has(word));
      return [place, worth + (inHeading ? 3 : 0)];
    });
    hits.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return { forms, hits: hits.map(([place]) => place) };
  }

  function fill(element, text, forms) {
    for (const part of text.split(/([\p{L}\p{N}\p{M}]+)/u)) {
      if (part && words(part).some((word) => forms.has(word))) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        element.append(mark);
      } else element.append(part);
    }
  }

  function snippet(text, forms) {
    let at = 0;
    for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (words(found[0]).some((word) => forms.has(word))) {
        at = found.index;
        break;
      }
    }
    let start = Math.max(0, at - AROUND);
    let end = Math.min(text.length, at + AROUND * 2);
    if (start > 0) start = text.indexOf(" ", start) + 1 || start;
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), at + 1);
    return `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
  }

  function show() {
    list.replaceChildren();
    const result = find(field.value);
    if (!result) {
      count.textContent = "";
      return;
    }
    const wanted = result.hits.filter(
      (place) => (!year.value || texts[place][0] === year.value) && (!kind.value || texts[place][1] === kind.value),
    );
    /* The sentences stand in the page, in its language; `[n]`, `[m]` and `[q]` are filled in at once. */
    const said = { n: wanted.length, m: MOST, q: field.value.trim() };
    const { niets, een, meer, veel } = count.dataset;
    const sentence = !wanted.length ? niets : wanted.length === 1 ? een : wanted.length > MOST ? veel : meer;
    count.textContent = sentence.replace(/\[([nmq])\]/g, (_, name) => said[name]);
    for (const place of wanted.slice(0, MOST)) {
      const [of, what, address, heading, text] = texts[place];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `../${address}`;
      link.lang = "nl";
      fill(link, heading, result.forms);
      const around = document.createElement("p");
      around.lang = "nl";
      fill(around, snippet(text, result.forms), result.forms);
      const from = document.createElement("p");
      from.className = "pb-sub";
      from.textContent = `${of}, ${kind.querySelector(`[value=${what}]`).dataset.noem}`;
      item.append(link, around, from);
      list.append(item);
    }
  }

  function remember() {
    const typed = field.value.trim();
    const hash = typed ? `#q=${encodeURIComponent(typed)}` : "#";
    if (location.hash !== hash) location.hash = hash;
  }

  function fromAddress() {
    const found = /^#q=(.*)$/.exec(location.hash);
    if (!found) return;
    let typed = found[1];
    try {
      typed = decodeURIComponent(typed);
    } catch {
      /* A percent sign that stands for itself. */
    }
    if (typed.trim() !== field.value.trim()) field.value = typed;
    show();
  }

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250);
  });
  for (const choice of [year, kind]) choice.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    remember();
    show();
  });
  window.addEventListener("hashchange", fromAddress);
  document.getElementById("zonder-script").hidden = true;
  form.hidden = false;
  fromAddress();
})();
