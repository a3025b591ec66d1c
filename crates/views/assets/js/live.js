// @ts-check
// The fragment layer. Pages work without it; with it, forms marked data-frag and signals from the
// server change parts of the page in place, without touching what the reader is doing.

const doc = document;
const { body } = doc;
/** @type {DOMStringMap} */
const phrases = doc.getElementById('phrases')?.dataset ?? {};
let offset = body.dataset.now ? Date.parse(body.dataset.now) - Date.now() : 0;

/** Now, by the server's clock. */
export const now = () => Date.now() + offset;

/** Read out by screen readers; `urgent` interrupts. */
export function say(/** @type {string} */ text, urgent = false) {
  const region = doc.getElementById(urgent ? 'assertive' : 'polite');
  if (!region) return;
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 40);
}

// ---- putting new fragments in place -------------------------------------------------------

const typed = (/** @type {Element} */ el) =>
  (el instanceof HTMLInputElement && !['hidden', 'submit', 'button'].includes(el.type)) || el instanceof HTMLTextAreaElement || el instanceof HTMLSelectElement;
const dirty = (/** @type {any} */ el) =>
  el === doc.activeElement || (el.defaultValue !== undefined && el.value !== el.defaultValue) || (el.checked ?? false) !== (el.defaultChecked ?? false);
const key = (/** @type {any} */ node) => node.id || node.dataset?.a || node.dataset?.key || '';
// What the reader or a script has set stays: an opened part, the one tab stop of a grid.
const kept = new Set(['open', 'tabindex']);

/** Makes `from` like `to`, keeping its nodes, and with them focus, scroll and typed text. */
export function morph(/** @type {any} */ from, /** @type {any} */ to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeType !== 1) { from.nodeValue = to.nodeValue; return; }
  if ((from instanceof HTMLDialogElement && from.open) || from.hasAttribute('data-keep')) return;
  const busy = typed(from) && dirty(from);
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value && !(kept.has(name) && from.hasAttribute(name)) && !(busy && name === 'value')) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !kept.has(name)) from.removeAttribute(name);
  }
  if (busy && !(from instanceof HTMLSelectElement)) return;
  if (!busy || !(from instanceof HTMLSelectElement)) children(from, to);
  if (typed(from) && !busy && from.value !== to.value) from.value = to.value;
}

function children(/** @type {Element} */ from, /** @type {Element} */ to) {
  const keyed = new Map([...from.children].filter(key).map((child) => [key(child), child]));
  /** @type {any} */
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    const name = key(next);
    let match = name ? keyed.get(name) : at;
    while (!name && match && key(match)) match = match.nextSibling;
    if (match && match.nodeName === next.nodeName) {
      if (match === at) at = at.nextSibling; else from.insertBefore(match, at);
      morph(match, next);
    } else from.insertBefore(doc.importNode(next, true), at);
  }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
}

/** Fragments that came while they could not be put in place. @type {Map<string, Element>} */
const stale = new Map();

/** Puts the fragments `ids` of `page` in place; whatever is being held waits until it is let go. */
export function apply(/** @type {Document} */ page, /** @type {string[]} */ ids) {
  const had = doc.activeElement;
  for (const id of ids) {
    const from = doc.getElementById(id), to = page.getElementById(id);
    if (!from || !to) continue;
    if (from.hasAttribute('data-held') || from.querySelector('[data-held]')) { stale.set(id, to); from.classList.add('stale'); continue; }
    morph(from, to);
  }
  if (had && had !== body && doc.activeElement !== had) {
    const back = (had.id && doc.getElementById(had.id)) || doc.querySelector('[data-focus]');
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
  }
  const clock = page.body?.dataset.now;
  if (clock) offset = Date.parse(clock) - Date.now();
  tick();
  dispatchEvent(new CustomEvent('fragments', { detail: ids }));
}

/** To be called when something is let go: puts in place what had to wait. */
export function settle() {
  for (const [id, to] of stale) {
    const from = doc.getElementById(id);
    from?.classList.remove('stale');
    if (from) morph(from, to);
  }
  if (stale.size) { stale.clear(); dispatchEvent(new CustomEvent('fragments', { detail: [] })); }
}

// ---- asking the server --------------------------------------------------------------------

/** @type {Set<string>} */
const wanted = new Set();
let asking = false, lost = false, wait = 2000, later = 0;

/** Fetches the fragments `ids` of this page again, until it worked; requests that pile up become one. */
export async function refresh(/** @type {Iterable<string>} */ ids) {
  for (const id of ids) wanted.add(id);
  if (asking || !wanted.size) return;
  asking = true;
  clearTimeout(later);
  await new Promise((done) => setTimeout(done, 60));
  const asked = [...wanted];
  wanted.clear();
  const answer = await ask(asked).catch(() => null);
  asking = false;
  online(Boolean(answer));
  if (!answer) for (const id of asked) wanted.add(id);
  if (wanted.size) later = setTimeout(() => refresh([]), answer ? 400 : wait);
  wait = answer ? 2000 : Math.min(wait * 2, 60000);
  if (answer?.page) apply(answer.page, asked);
}

/** This page as it is now; throws if the server cannot say. No page if there is none any more, or it is elsewhere. */
async function ask(/** @type {string[]} */ ids) {
  const answer = await fetch(location.href.split('#')[0], { headers: { 'X-Fragment': ids.join(',') }, credentials: 'same-origin', signal: AbortSignal.timeout(15000) });
  if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
  const text = await answer.text();
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) { location.assign(answer.url); return { page: null }; }
  return { page: answer.ok ? parse(text) : null };
}

const parse = (/** @type {string} */ text) => new DOMParser().parseFromString(text, 'text/html');
// A page that does not listen stays as it is: it answers what was sent, and its address may hold something else.
const lively = () => (body.dataset.events ? [...doc.querySelectorAll('[data-live][id]')].map((el) => el.id) : []);

/** Posts `fields`; puts the fragments of the answer in place, and says its toasts. */
export async function send(/** @type {string} */ action, /** @type {URLSearchParams | FormData} */ fields, /** @type {string[]} */ ids) {
  let answer, text;
  try {
    answer = await fetch(action, { method: 'POST', body: fields, headers: { 'X-Fragment': ids.join(',') }, credentials: 'same-origin' });
    text = await answer.text();
  } catch {
    online(false);
    // Tries until it works again, and then takes the banner away.
    refresh(lively());
    toast(phrases.failed ?? '', true);
    return { ok: false, page: null };
  }
  online(true);
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname && answer.ok) { location.assign(answer.url); return { ok: true, page: null }; }
  const html = (answer.headers.get('content-type') ?? '').includes('html');
  const page = html ? parse(text) : null;
  const told = ids.map((id) => report(id, page)).some(Boolean);
  if (page) { apply(page, ids); page.querySelectorAll('[data-toast]').forEach((card) => show(doc.importNode(card, true), !answer.ok)); }
  if (!answer.ok && !told && !page?.querySelector('[data-toast]')) toast(page?.querySelector('main .lead')?.textContent || phrases.failed || '', true);
  return { ok: answer.ok, page };
}

/** What a form reports of itself is told where its reader looks, and an older report does not outlive a refusal. Whether it reported. */
function report(/** @type {string} */ id, /** @type {Document | null} */ page) {
  const old = doc.getElementById(id);
  if (old?.getAttribute('role') !== 'status') return false;
  const told = Boolean(page?.getElementById(id)?.firstElementChild);
  if (told) requestAnimationFrame(() => old.scrollIntoView({ block: 'nearest' })); else old.replaceChildren();
  return told;
}

addEventListener('submit', async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  const undo = form.hasAttribute('data-undo');
  if (!undo && !form.dataset.frag) return;
  event.preventDefault();
  if (form.getAttribute('aria-busy')) return;
  form.setAttribute('aria-busy', 'true');
  const filled = new FormData(form, event.submitter);
  const fields = form.enctype.startsWith('multipart') ? filled : new URLSearchParams(/** @type {any} */ (filled));
  const ids = undo ? lively() : (form.dataset.frag ?? '').split(/[ ,]+/);
  const { ok } = await send(form.getAttribute('action') ?? '', fields, ids);
  form.removeAttribute('aria-busy');
  if (ok) { form.dispatchEvent(new CustomEvent('sent', { bubbles: true })); form.closest('.toast')?.remove(); }
});

// ---- toasts -------------------------------------------------------------------------------

function show(/** @type {Element} */ card, bad = false) {
  card.classList.toggle('bad', bad);
  doc.getElementById('toasts')?.append(card);
  say(card.querySelector('p')?.textContent ?? '', bad);
  fade(card);
}

/** Twelve seconds, and as long as it is pointed at or focused. */
function fade(/** @type {Element} */ card) {
  const end = () => (card.matches(':hover, :focus-within') ? setTimeout(end, 4000) : card.remove());
  setTimeout(end, 12000);
}

export function toast(/** @type {string} */ text, bad = false) {
  const card = doc.createElement('div');
  card.className = 'toast';
  card.append(Object.assign(doc.createElement('p'), { textContent: text }));
  show(card, bad);
}

doc.querySelectorAll('[data-toast]').forEach((card) => { say(card.querySelector('p')?.textContent ?? ''); fade(card); });

// ---- signals ------------------------------------------------------------------------------

/** @type {EventSource | null} */
let source = null;
let last = '', pause = 1000, broken = false;

/** Whether a fragment that listens to `heard` wants to know of `topic`. */
const wants = (/** @type {string} */ heard, /** @type {string} */ topic) =>
  heard.split(' ').some((word) => word === topic || (word === topic.split(':')[0] && topic.includes(':')));

function signal(/** @type {MessageEvent} */ event) {
  last = event.lastEventId || last;
  let topic = event.type;
  try { topic = JSON.parse(event.data).topic ?? topic; } catch { /* the event's own name says it */ }
  // The server lost count: everybody fetches everything, but not in the same moment.
  if (topic === 'resync') { setTimeout(resync, Math.random() * 2000); return; }
  dispatchEvent(new CustomEvent('signal', { detail: topic }));
  const ids = topic === 'clock' ? lively() : [...doc.querySelectorAll('[data-live][id]')].filter((el) => wants(/** @type {HTMLElement} */ (el).dataset.live ?? '', topic)).map((el) => el.id);
  refresh(ids);
}

function listen() {
  const address = body.dataset.events;
  if (!address || source) return;
  const url = new URL(address, location.href);
  if (last) url.searchParams.set('after', last);
  source = new EventSource(url);
  source.onopen = () => { pause = 1000; online(true); if (broken) resync(); broken = false; };
  source.onerror = () => {
    broken = true;
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    setTimeout(listen, pause * (0.7 + Math.random() * 0.6));
    pause = Math.min(pause * 2, 60000);
  };
  const names = new Set(['message', 'topic', 'clock', 'mailbox', 'resync']);
  doc.querySelectorAll('[data-live]').forEach((el) => (/** @type {HTMLElement} */ (el).dataset.live ?? '').split(' ').forEach((name) => names.add(name)));
  names.forEach((name) => source?.addEventListener(name, /** @type {any} */ (signal)));
}

const resync = () => refresh(lively());
const stop = () => { source?.close(); source = null; };

function online(/** @type {boolean} */ yes) {
  const banner = doc.getElementById('offline');
  if (banner) banner.hidden = yes;
  if (!yes && !lost) say(banner?.textContent ?? '', true);
  lost = !yes;
}

addEventListener('online', () => { online(true); listen(); resync(); });
addEventListener('offline', () => online(false));
addEventListener('pagehide', stop);
addEventListener('pageshow', (event) => { if (event.persisted) { listen(); resync(); } });
doc.addEventListener('visibilitychange', () => { if (!doc.hidden) { listen(); resync(); here(); } });

/** Says that somebody is there, while the reader is on duty and looks at the page. */
function here() {
  const { here: address, csrf = '' } = body.dataset;
  if (!address || doc.hidden) return;
  fetch(address, { method: 'POST', body: new URLSearchParams({ csrf, away: 'false' }), credentials: 'same-origin' }).catch(() => {});
}

// ---- times that count ---------------------------------------------------------------------

const lengthOf = (/** @type {number} */ minutes) => {
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  return !hours ? `${rest}\u00a0min` : rest ? `${hours}\u00a0h ${rest}\u00a0min` : `${hours}\u00a0h`;
};
const clockWords = (/** @type {number} */ at) => {
  const locale = doc.documentElement.lang === 'en' ? 'en-GB' : doc.documentElement.lang, timeZone = body.dataset.zone;
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone }).format(at).replace(',', '');
  return `${day} · ${new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)}`;
};

function tick() {
  for (const el of /** @type {NodeListOf<HTMLTimeElement>} */ (doc.querySelectorAll('time[data-time]'))) {
    const minutes = (Date.parse(el.dateTime) - now()) / 60000;
    let text = '';
    if (el.dataset.time === 'clock') text = clockWords(now());
    else if (el.dataset.time === 'since') text = lengthOf(Math.max(0, Math.floor(-minutes)));
    else {
      text = lengthOf(Math.max(0, Math.ceil(minutes)));
      const part = el.closest('[data-live][id]');
      if (minutes <= 0 && part && el.dataset.over !== el.dateTime) { el.dataset.over = el.dateTime; setTimeout(() => refresh([part.id]), 1500); }
    }
    if (el.textContent !== text) el.textContent = text;
  }
}

// ---- keys and small things ----------------------------------------------------------------

const inField = (/** @type {EventTarget | null} */ el) => el instanceof HTMLElement && (typed(el) || el.isContentEditable);
const single = () => localStorage.getItem('keys') !== 'off';
let going = 0;

addEventListener('keydown', (event) => {
  if (event.key === 'Escape') doc.querySelectorAll('details.hats[open]').forEach((el) => el.removeAttribute('open'));
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || !single()) return;
  if (doc.querySelector('dialog[open]')) return;
  const pressed = event.key.toLowerCase();
  if (Date.now() - going < 1200) {
    going = 0;
    const link = doc.querySelector(`[data-go="${CSS.escape(pressed.toUpperCase())}"]`);
    if (link instanceof HTMLElement) { event.preventDefault(); link.click(); }
    return;
  }
  if (pressed === 'g') { going = Date.now(); return; }
  if (pressed === '?') { /** @type {HTMLDialogElement | null} */ (doc.getElementById('keys'))?.showModal(); event.preventDefault(); return; }
  if (pressed === 'u') { undo(); return; }
  const target = pressed === '/' ? doc.querySelector('[data-search], input[type=search]') : doc.querySelector(`[data-key="${CSS.escape(pressed)}"]`);
  if (target instanceof HTMLElement) { event.preventDefault(); if (pressed === '/' || inField(target)) target.focus(); else target.click(); }
});

function undo() {
  const forms = doc.querySelectorAll('.toast form[data-undo], form[data-undo-last]:not(:has(:disabled))');
  const form = [...forms].at(-1);
  if (form instanceof HTMLFormElement) form.requestSubmit();
}

addEventListener('click', (event) => {
  const el = event.target instanceof Element ? event.target : null;
  if (el?.closest('[data-print]')) print();
  const copy = el?.closest('[data-copy]');
  if (copy instanceof HTMLElement) copied(copy);
  doc.querySelectorAll('details.hats[open]').forEach((open) => { if (!open.contains(el)) open.removeAttribute('open'); });
});
addEventListener('focusin', (event) => { if (event.target instanceof HTMLInputElement && event.target.hasAttribute('data-select')) event.target.select(); });
/** Copies what the field holds that the button names, and says so on the button. */
async function copied(/** @type {HTMLElement} */ button) {
  const field = doc.getElementById(button.dataset.copy ?? '');
  if (!(field instanceof HTMLInputElement)) return;
  await navigator.clipboard.writeText(field.value).catch(() => field.select());
  button.textContent = button.dataset.copied ?? '';
  say(button.textContent);
}
// Only a secure page may copy.
if (navigator.clipboard) doc.querySelectorAll('[data-copy]').forEach((el) => el.removeAttribute('hidden'));
const keysOn = doc.getElementById('keys-on');
if (keysOn instanceof HTMLInputElement) {
  keysOn.checked = single();
  keysOn.addEventListener('change', () => localStorage.setItem('keys', keysOn.checked ? 'on' : 'off'));
}

listen();
here();
tick();
setInterval(tick, 1000);
setInterval(here, 45000);
if (!navigator.onLine) online(false);
