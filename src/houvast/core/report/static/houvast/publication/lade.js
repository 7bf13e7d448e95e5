/* A claim that is opened shows its explanation beside the text. Without this script the link goes down to it. */
(() => {
  "use strict";
  const place = document.getElementById("lade");
  let opener = null;

  function close(focus) {
    place.replaceChildren();
    if (opener) {
      opener.removeAttribute("aria-current");
      if (focus) opener.focus();
      opener = null;
    }
  }

  function open(link, entry) {
    close(false);
    opener = link;
    link.setAttribute("aria-current", "true");
    const copy = entry.cloneNode(true);
    copy.removeAttribute("id");
    const title = copy.querySelector("h3");
    title.tabIndex = -1;
    const drawer = document.createElement("div");
    drawer.className = "pb-drawer";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nl-button nl-button--secondary";
    button.textContent = place.dataset.sluiten;
    button.addEventListener("click", () => close(true));
    drawer.append(copy, button);
    place.append(drawer);
    title.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.hv-claim");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return;
    event.preventDefault();
    open(link, entry);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) close(true);
  });
})();
