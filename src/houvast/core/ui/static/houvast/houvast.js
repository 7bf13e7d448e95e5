/* Small helps on top of pages that also work without script. No eval, no inline handlers. */
(() => {
  "use strict";

  let opener = null; // what had the focus when a drawer was asked for

  const drawer = () => document.querySelector("[data-hv-drawer]");

  const focusOn = (element, options) => {
    if (element) element.focus(options);
  };

  const openerOf = (panel) => {
    const named = panel.dataset.hvReturn && document.querySelector(panel.dataset.hvReturn);
    return named || (opener && document.contains(opener) ? opener : null);
  };

  /* Close a drawer that htmx put in: empty its place, take its address away, give the focus back. */
  const closeDrawer = (panel) => {
    const close = panel.querySelector("[data-hv-close]");
    const place = panel.closest("[data-hv-drawer-place]");
    const back = openerOf(panel);
    if (!place) {
      if (close) window.location.assign(close.href);
      return;
    }
    place.replaceChildren();
    if (close) window.history.replaceState(null, "", close.href);
    const about = document.querySelector("[data-hv-opens][aria-current]");
    markOpened(null);
    focusOn(back || about || document.getElementById("inhoud"));
  };

  document.addEventListener("htmx:before:request", (event) => {
    const source = event.detail && event.detail.ctx && event.detail.ctx.sourceElement;
    if (source && !source.closest("[data-hv-drawer]")) opener = source;
  });

  const markOpened = (link) => {
    document.querySelectorAll("[data-hv-opens][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    if (link) link.setAttribute("aria-current", "true");
  };

  /* What a page or a swap brought in gets the focus: a drawer first, else an error summary. The text that a drawer
     is about stays in sight. */
  const seen = new WeakSet();
  const focusOnNews = () => {
    const panel = document.querySelector("[data-hv-drawer-place] [data-hv-drawer]");
    const news = [panel, document.querySelector("[data-hv-errors]")].filter((element) => element && !seen.has(element));
    news.forEach((element) => seen.add(element));
    if (!news.length || news[0].contains(document.activeElement)) return;
    if (news[0] !== panel) {
      focusOn(news[0]);
      return;
    }
    if (opener && opener.matches("[data-hv-opens]")) markOpened(opener);
    const about = document.querySelector("[data-hv-opens][aria-current]");
    focusOn(panel, { preventScroll: Boolean(about) });
    if (about) about.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:after:swap", focusOnNews);

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-hv-close]");
    const panel = close && close.closest("[data-hv-drawer]");
    if (panel && panel.closest("[data-hv-drawer-place]")) {
      event.preventDefault();
      closeDrawer(panel);
    }
    const print = event.target.closest("[data-hv-print]");
    if (print) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const menu = document.querySelector("details.hv-nav[open]");
    if (menu && menu.contains(document.activeElement)) {
      menu.open = false;
      focusOn(menu.querySelector("summary"));
      return;
    }
    const panel = drawer();
    if (panel) closeDrawer(panel);
  });

  /* Ask before leaving a form with changes that were not sent. */
  let dirty = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-hv-guard]")) dirty = true;
  });
  document.addEventListener("submit", () => {
    dirty = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  /* `data-hv-when="name=value|other"`: asked only beside such an answer. Hidden it is not sent, so what counts is in view. */
  const showAsked = () => {
    document.querySelectorAll("[data-hv-when]").forEach((input) => {
      const [name, value] = input.dataset.hvWhen.split("=");
      const chosen = input.form && input.form.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
      const asked = Boolean(chosen) && value.split("|").includes(chosen.value);
      const field = input.closest(".hv-field");
      if (field) field.hidden = !asked;
      input.disabled = !asked;
    });
  };
  document.addEventListener("change", showAsked);
  window.addEventListener("pageshow", showAsked);

  const start = () => {
    focusOnNews();
    showAsked();
    document.querySelectorAll("[data-hv-print]").forEach((button) => {
      button.hidden = false;
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
