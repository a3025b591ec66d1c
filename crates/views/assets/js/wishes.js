// @ts-check
// My shifts and my wishes: arrows move over the month, 1 to 4 choose a brush, an address is copied.

const cells = () => /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".day-cell:not(:disabled)")]);

document.addEventListener("keydown", event => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || !target.closest("#wishes-form")) return;
  const brush = /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-brush="${event.key}"]`));
  if (brush) {
    brush.checked = true;
    return event.preventDefault();
  }
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  const all = cells(), at = all.indexOf(/** @type {HTMLButtonElement} */ (target));
  if (!step || at < 0) return;
  event.preventDefault();
  all[at + step]?.focus();
});

document.addEventListener("click", async event => {
  const button = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-copy]"));
  const field = /** @type {HTMLInputElement | null} */ (button && document.getElementById(button.dataset.copy ?? ""));
  if (!button || !field) return;
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
  const said = button.textContent;
  button.textContent = button.dataset.copied ?? said;
  setTimeout(() => { button.textContent = said; }, 2000);
});
