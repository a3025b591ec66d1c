// @ts-check
// The rota board: one state machine for mouse, touch, click and click, and keyboard.
// The server says beforehand what would follow a move, and has the last word on it.

import { say, send, settle } from "./live.js";

const doc = document;
const board = () => /** @type {HTMLElement} */ (doc.getElementById('board'));
const editable = () => board()?.hasAttribute('data-editable');
const all = () => /** @type {HTMLElement[]} */ ([...board().querySelectorAll('.rw[data-p] .c[data-d]')]);
const rowOf = (/** @type {Element} */ cell) => /** @type {HTMLElement} */ (cell.closest('.rw'));
const chipsOf = (/** @type {Element} */ cell) => /** @type {HTMLElement[]} */ ([...cell.querySelectorAll('.chip')]);
const cellAt = (/** @type {{p: string, d: string}} */ place) => all().find((cell) => rowOf(cell).dataset.p === place.p && cell.dataset.d === place.d);
const fill = (/** @type {string | undefined} */ text, /** @type {Record<string, string>} */ values) => (text ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const changed = ['board', 'figures', 'look', 'undo', 'days', 'panel'];

/** The one tab stop of the grid. */
let stop = { p: '', d: '' };
/** What is in hand, and from which cell. @type {{chip: HTMLElement, from: HTMLElement} | null} */
let held = null;
/** @type {HTMLElement | null} */ let over = null;
/** @type {HTMLElement | null} */ let ghost = null;
/** @type {HTMLElement | null} */ let tip = null;
/** @type {AbortController | null} */ let asked = null;
let refused = false;

function settleTabStops() {
  if (!editable()) return;
  const cells = all();
  let here = cellAt(stop);
  if (!here) here = cells.find((cell) => chipsOf(cell).length) ?? cells[0];
  for (const cell of cells) { cell.tabIndex = cell === here ? 0 : -1; chipsOf(cell).forEach((chip) => { chip.tabIndex = -1; chip.draggable = false; }); label(cell); }
  if (here) stop = { p: rowOf(here).dataset.p ?? '', d: here.dataset.d ?? '' };
}

/** Says of a cell whose day it is, and what stands in it; what is seen comes first, in one piece. */
function label(/** @type {HTMLElement} */ cell) {
  const day = board().querySelector(`.dh[data-day="${cell.dataset.d}"]`);
  const chips = chipsOf(cell), inside = chips.map((chip) => chip.getAttribute('aria-label'));
  const seen = chips.length > 1 ? chips.map((chip) => chip.textContent).join(' ') : '';
  const said = [seen, rowOf(cell).dataset.name, /** @type {HTMLElement | null} */ (day)?.dataset.label, cell.dataset.state, ...inside];
  cell.setAttribute('aria-label', said.filter(Boolean).join(', '));
}

function focusCell(/** @type {HTMLElement} */ cell) {
  const before = cellAt(stop);
  if (before) before.tabIndex = -1;
  stop = { p: rowOf(cell).dataset.p ?? '', d: cell.dataset.d ?? '' };
  cell.tabIndex = 0;
  cell.focus();
}

// ---- picking up, looking, dropping --------------------------------------------------------

function pick(/** @type {HTMLElement} */ chip, /** @type {boolean} */ dragged) {
  const from = /** @type {HTMLElement} */ (chip.closest('.c'));
  held = { chip, from };
  chip.classList.add('held');
  board().dataset.held = chip.dataset.a;
  board().classList.add('picking');
  for (const cell of all()) cell.classList.toggle('can', cell.dataset.d === from.dataset.d && cell !== from);
  say(fill(board().dataset.picked, { what: chip.getAttribute('aria-label') ?? '' }));
  if (!dragged) return;
  ghost = /** @type {HTMLElement} */ (chip.cloneNode(true));
  ghost.classList.remove('held');
  ghost.classList.add('ghost');
  ['id', 'aria-label', 'href'].forEach((name) => ghost?.removeAttribute(name));
  ghost.setAttribute('aria-hidden', 'true');
  doc.body.append(ghost);
}

/** Shows what would follow if the held shift were dropped on `cell`. */
async function look(/** @type {HTMLElement | null | undefined} */ cell) {
  if (over === cell || !held) return;
  leave();
  if (!cell?.classList.contains('can')) return;
  over = cell;
  cell.classList.add('drop');
  const person = rowOf(cell).dataset.p;
  if (!person) return;
  asked = new AbortController();
  const query = new URLSearchParams({ assignment: held.chip.dataset.a ?? '', person });
  try {
    const answer = await fetch(`${board().dataset.rota}/preview?${query}`, { headers: { 'X-Fragment': 'preview' }, credentials: 'same-origin', signal: asked.signal });
    if (!answer.ok) return;
    const part = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.preview');
    if (over !== cell || !part) return;
    refused = part.getAttribute('data-refused') === 'true';
    cell.classList.toggle('no', refused);
    showTip(cell, /** @type {HTMLElement} */ (doc.importNode(part, true)));
  } catch (error) {
    if (/** @type {Error} */ (error).name !== 'AbortError') throw error;
  }
}

function showTip(/** @type {HTMLElement} */ cell, /** @type {HTMLElement} */ inside) {
  tip = doc.createElement('div');
  tip.className = 'tip';
  tip.append(inside);
  doc.body.append(tip);
  const box = cell.getBoundingClientRect(), size = tip.getBoundingClientRect();
  const left = box.left - size.width - 14 > 8 ? box.left - size.width - 14 : box.right + 14;
  tip.style.left = `${Math.min(left, innerWidth - size.width - 8)}px`;
  tip.style.top = `${Math.max(8, Math.min(box.bottom - size.height + 8, innerHeight - size.height - 8))}px`;
  say([...inside.querySelectorAll('strong, li')].map((el) => el.textContent).join('. '));
}

function leave() {
  over?.classList.remove('drop', 'no');
  tip?.remove();
  asked?.abort();
  over = tip = asked = null;
  refused = false;
}

function letGo() {
  leave();
  ghost?.remove();
  held?.chip.classList.remove('held');
  delete board().dataset.held;
  board().classList.remove('picking');
  all().forEach((cell) => cell.classList.remove('can'));
  held = ghost = null;
}

function cancel() {
  if (!held) return;
  const { from } = held;
  letGo();
  settle();
  say(board().dataset.cancelled ?? '');
  focusCell(from.isConnected ? from : /** @type {HTMLElement} */ (cellAt(stop)));
}

async function drop(/** @type {HTMLElement | null | undefined} */ cell) {
  if (!held) return;
  if (!cell?.classList.contains('can')) return cancel();
  const { chip, from } = held;
  const why = refused ? [...(tip?.querySelectorAll('.bad') ?? [])].map((line) => line.textContent).join('. ') : '';
  const no = refused;
  letGo();
  if (no) { settle(); focusCell(from); say(`${board().dataset.refused} ${why}`, true); return; }
  cell.append(chip);
  focusCell(cell);
  const { name = '', p = '' } = rowOf(cell).dataset;
  const { ok, page } = await post('assign', { assignment: chip.dataset.a ?? '', person: p });
  settle();
  if (!ok && chip.isConnected && chip.closest('.c') === cell && !page?.getElementById('board')) from.append(chip);
  const now = doc.getElementById(`a-${chip.dataset.a}`)?.closest('.c');
  if (now instanceof HTMLElement) focusCell(now);
  say(ok ? fill(board().dataset.moved, { name }) : board().dataset.refused ?? '', !ok);
}

function post(/** @type {string} */ verb, /** @type {Record<string, string>} */ fields) {
  const { csrf = '', version = '', rota } = board().dataset;
  return send(`${rota}/${verb}`, new URLSearchParams({ csrf, version, ...fields }), changed);
}

async function pin(/** @type {HTMLElement} */ chip) {
  const pinned = !chip.querySelector('.pn');
  const { ok } = await post('pin', { assignment: chip.dataset.a ?? '', pinned: String(pinned) });
  if (ok) say((pinned ? board().dataset.pinOn : board().dataset.pinOff) ?? '');
}

// ---- mouse and touch ----------------------------------------------------------------------

/** @type {{chip: HTMLElement, x: number, y: number, timer?: number} | null} */
let down = null;
let dragged = false;

const inBoard = (/** @type {Event} */ event) => event.target instanceof Element && board()?.contains(event.target) && editable();

doc.addEventListener('pointerdown', (event) => {
  if (!inBoard(event) || event.button) return;
  const chip = /** @type {Element} */ (event.target).closest('.c .chip');
  if (!(chip instanceof HTMLElement) || held) return;
  down = { chip, x: event.clientX, y: event.clientY };
  if (event.pointerType === 'touch') down.timer = setTimeout(() => { if (down && !held) { navigator.vibrate?.(12); pick(down.chip, true); move(event); } }, 350);
});

function move(/** @type {PointerEvent} */ event) {
  if (down && !held && event.pointerType !== 'touch' && Math.hypot(event.clientX - down.x, event.clientY - down.y) > 5) pick(down.chip, true);
  if (!held || !ghost) return;
  ghost.style.transform = `translate(${event.clientX - 27}px, ${event.clientY - 16}px) rotate(-4deg)`;
  const under = doc.elementsFromPoint(event.clientX, event.clientY).find((el) => el.matches('.c[data-d]'));
  look(/** @type {HTMLElement | undefined} */ (under));
  const edge = 48, step = event.clientY < edge ? -14 : event.clientY > innerHeight - edge ? 14 : 0;
  if (step) scrollBy(0, step);
}
addEventListener('pointermove', move);
addEventListener('pointerup', () => {
  clearTimeout(down?.timer);
  down = null;
  if (!ghost) return;
  dragged = true;
  setTimeout(() => { dragged = false; });
  drop(over);
});
addEventListener('pointercancel', () => { clearTimeout(down?.timer); down = null; if (ghost) cancel(); });
doc.addEventListener('touchmove', (event) => { if (held && ghost) event.preventDefault(); else clearTimeout(down?.timer); }, { passive: false });
doc.addEventListener('dragstart', (event) => { if (inBoard(event)) event.preventDefault(); });
doc.addEventListener('contextmenu', (event) => { if (held && ghost) event.preventDefault(); });

doc.addEventListener('click', (event) => {
  if (!inBoard(event)) return;
  const target = /** @type {Element} */ (event.target), chip = target.closest('.c .chip');
  if (chip) event.preventDefault();
  if (dragged) return;
  const cell = /** @type {HTMLElement | null} */ (target.closest('.rw[data-p] .c[data-d]'));
  if (!cell) return;
  if (held) { drop(cell); return; }
  focusCell(cell);
  if (chip instanceof HTMLElement) pick(chip, false);
});
doc.addEventListener('mouseover', (event) => { if (held && !ghost && inBoard(event)) look(/** @type {Element} */ (event.target).closest('.c')); });

// ---- keyboard -----------------------------------------------------------------------------

const steps = /** @type {Record<string, [number, number]>} */ ({
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -99], End: [0, 99], PageUp: [-99, 0], PageDown: [99, 0],
});

doc.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && held) { event.preventDefault(); cancel(); return; }
  const at = event.target instanceof Element ? event.target.closest('.rw[data-p] .c[data-d]') : null;
  if (!(at instanceof HTMLElement) || !editable() || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = steps[event.key];
  if (step) {
    event.preventDefault();
    const rows = [...board().querySelectorAll('.rw[data-p]')].map((row) => /** @type {HTMLElement[]} */ ([...row.querySelectorAll('.c[data-d]')]));
    const y = rows.findIndex((row) => row.includes(at)), x = rows[y].indexOf(at);
    const row = rows[Math.max(0, Math.min(rows.length - 1, y + step[0]))];
    const next = row[held ? x : Math.max(0, Math.min(row.length - 1, x + step[1]))];
    focusCell(next);
    if (held) look(next);
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    if (held) drop(at);
    else { const chip = chipsOf(at)[0]; if (chip) pick(chip, false); }
  } else if (event.key.toLowerCase() === 'p' && !held && localStorage.getItem('keys') !== 'off') {
    const chip = chipsOf(at)[0];
    if (chip) pin(chip);
  }
});

// ---- beginning, and after every change ----------------------------------------------------

/** A link to a shift brings its cell into view, and the tab stop to it. */
function goTo() {
  const cell = location.hash.startsWith('#a-') && doc.getElementById(location.hash.slice(1))?.closest('.c');
  if (cell instanceof HTMLElement && editable()) focusCell(cell);
}
addEventListener('fragments', settleTabStops);
addEventListener('hashchange', goTo);
settleTabStops();
goTo();
