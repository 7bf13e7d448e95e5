// Put a claim at the caret instead of at the end. Without this script the button posts the form and the
// server puts it at the end.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const area = document.getElementById("id_text");
  if (!button || !area) return;
  event.preventDefault();
  area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
});
