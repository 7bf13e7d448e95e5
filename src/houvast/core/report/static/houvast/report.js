/* The editor of a text, on top of a form that works without this. The text stays a plain text field: a layer behind
   it shows the same text, in which facts are chips and findings carry their number. The server judges the text (htmx
   posts it after a rest); until its answer comes, what it found earlier moves along with what is typed. */
(() => {
  "use strict";

  const area = document.querySelector("[data-rp-text]");
  if (!area) return;

  const TOKEN = /\[\[[^[\]]*\]\]/g;
  const KEY = /^\[\[(?:als\s+(?:niet\s+)?)?([a-z0-9_.]+)/;
  const here = document.querySelector("[data-rp-here]");
  const facts = new Map(
    [...document.querySelectorAll("[data-rp-fact]")].map((item) => [item.dataset.rpFact, item.dataset]),
  );
  const mirror = document.createElement("div");
  mirror.className = "rp-mirror";
  mirror.setAttribute("aria-hidden", "true");
  area.before(mirror);
  area.form.dataset.rpLive = "";

  /* The text that the server judged last. */
  const judged = () => document.getElementById("oordeel").dataset.rpRead;

  const place = (element) => ({ start: Number(element.dataset.start), end: Number(element.dataset.end) });

  /* Where ranges of the judged text are now; those in which something was changed are gone. */
  const moved = (ranges) => {
    const before = judged();
    const after = area.value;
    if (before === after) return ranges;
    const least = Math.min(before.length, after.length);
    let head = 0;
    while (head < least && before[head] === after[head]) head += 1;
    let tail = 0;
    while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
    const by = after.length - before.length;
    return ranges.flatMap((range) => {
      if (range.end <= head) return [range];
      if (range.start < before.length - tail) return [];
      return [{ ...range, start: range.start + by, end: range.end + by }];
    });
  };

  const tokens = () =>
    [...area.value.matchAll(TOKEN)].map((match) => {
      const ends = /^\[\[(anders|einde)\]\]$/.test(match[0]);
      const key = ends ? "" : (KEY.exec(match[0]) || [])[1];
      const steers = ends || /^\[\[als\s/.test(match[0]);
      return { start: match.index, end: match.index + match[0].length, key, steers };
    });

  const findings = () =>
    moved(
      [...document.querySelectorAll("[data-rp-mark]")].map((item) => ({
        ...place(item),
        no: item.dataset.rpMark,
        severity: item.dataset.severity,
      })),
    );

  const look = (token, find) => {
    const classes = [];
    if (token) {
      classes.push("rp-chip");
      if (token.steers) classes.push("rp-chip--if");
      else if (!facts.has(token.key)) classes.push("rp-chip--unknown");
    }
    if (find) classes.push("hv-find", ...(find.severity === "warning" ? ["hv-find--let-op"] : []));
    return classes.join(" ");
  };

  const paint = () => {
    const text = area.value;
    const chips = tokens();
    const marks = findings();
    const cuts = new Set([0, text.length]);
    for (const range of [...chips, ...marks]) cuts.add(range.start).add(range.end);
    const at = [...cuts].sort((one, other) => one - other);
    const within = (ranges, from, to) => ranges.find((range) => range.start <= from && to <= range.end);
    const parts = at.slice(0, -1).map((from, index) => {
      const to = at[index + 1];
      const token = within(chips, from, to);
      const find = within(marks, from, to);
      if (!token && !find) return text.slice(from, to);
      const part = document.createElement("span");
      part.className = look(token, find);
      part.textContent = text.slice(from, to);
      if (token) part.dataset.start = token.start;
      if (find && find.end === to) part.dataset.no = find.no;
      return part;
    });
    mirror.replaceChildren(...parts, "\n");
    fit();
  };

  /* The layer is as large as what one sees of the field, without its scroll bar, and scrolls with it. */
  const fit = () => {
    const edge = area.offsetWidth - area.clientWidth;
    const style = getComputedStyle(area);
    const borders = parseFloat(style.borderLeftWidth) + parseFloat(style.borderRightWidth);
    mirror.style.inlineSize = `${area.offsetWidth - Math.max(0, edge - borders)}px`;
    mirror.style.blockSize = `${area.offsetHeight}px`;
    mirror.scrollTop = area.scrollTop;
  };

  /* Beside the text: what the fact says at the caret, or under the pointer. */
  const say = (token) => {
    mirror.querySelectorAll(".is-here").forEach((part) => part.classList.remove("is-here"));
    if (!token || !token.key) {
      if (here.dataset.shown !== "") here.replaceChildren(here.dataset.rpHere);
      here.dataset.shown = "";
      return;
    }
    mirror.querySelectorAll(`[data-start="${token.start}"]`).forEach((part) => part.classList.add("is-here"));
    if (here.dataset.shown === token.key) return;
    here.dataset.shown = token.key;
    const fact = facts.get(token.key);
    if (!fact) {
      here.replaceChildren(`${token.key}: ${here.dataset.rpUnknown}`);
      return;
    }
    const value = document.createElement("strong");
    const said = document.createElement("span");
    said.lang = "nl";
    value.textContent = fact.value;
    said.append(`${fact.label}: `, value);
    here.replaceChildren(said);
  };

  const atCaret = () => tokens().find((token) => token.start < area.selectionStart && area.selectionStart < token.end);

  const underPointer = (event) => {
    const inside = (box) =>
      box.left <= event.clientX && event.clientX <= box.right && box.top <= event.clientY && event.clientY <= box.bottom;
    const part = [...mirror.querySelectorAll("[data-start]")].find((chip) => [...chip.getClientRects()].some(inside));
    return part && tokens().find((token) => token.start === Number(part.dataset.start));
  };

  /* As if it were typed, so that it can be undone and the server is asked about it. */
  const put = (text, start, end) => {
    area.focus();
    area.setSelectionRange(start, end);
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (done) return;
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /* Carry out a fix here where the page can: not when a form must come first, or when the words have changed. */
  const mend = (button, event) => {
    if (button.dataset.rpFix === "source" && judged() === area.value) return;
    event.preventDefault();
    const [range] = button.dataset.rpFix === "source" ? [] : moved([place(button)]);
    if (range) put(button.dataset.instead, range.start, range.end);
    else area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const show = (link, event) => {
    event.preventDefault();
    const [range] = moved([place(link.closest("[data-rp-mark]"))]);
    area.focus();
    if (range) area.setSelectionRange(range.start, range.end);
  };

  document.addEventListener("click", (event) => {
    const insert = event.target.closest("[data-rp-insert]");
    const fix = event.target.closest("[data-rp-fix]");
    const go = event.target.closest("[data-rp-go]");
    if (insert) {
      event.preventDefault();
      put(insert.dataset.rpInsert, area.selectionStart, area.selectionEnd);
    } else if (fix) mend(fix, event);
    else if (go) show(go, event);
  });

  /* Looking for a fact narrows the list at once; Enter there would send the form. */
  const find = document.querySelector("[data-rp-find]");
  find.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = find.value.toLowerCase().split(/\s+/);
    document.querySelectorAll("[data-rp-fact]").forEach((item) => {
      const text = `${item.dataset.label} ${item.dataset.rpFact} ${item.dataset.value}`.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
    });
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  document.querySelector("[data-rp-find-button]").hidden = true;

  area.addEventListener("input", paint);
  area.addEventListener("scroll", fit);
  area.addEventListener("mousemove", (event) => say(underPointer(event) || atCaret()));
  area.addEventListener("mouseleave", () => say(atCaret()));
  document.addEventListener("selectionchange", () => {
    if (document.activeElement === area) say(atCaret());
  });
  document.addEventListener("htmx:after:swap", paint);
  new ResizeObserver(fit).observe(area);
  document.fonts.ready.then(fit);
  here.hidden = false;
  say(null);
  paint();
})();
