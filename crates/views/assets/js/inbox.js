// @ts-check
// The inbox: keys, drafts, rings that fill, ready answers, a reply that is shown before it is sent.

import { now, refresh, say, send, apply } from "./live.js";

const doc = document;
const phrases = /** @type {DOMStringMap} */ (doc.getElementById("inbox-phrases")?.dataset ?? {});
const box = () => /** @type {HTMLTextAreaElement | null} */ (doc.getElementById("reply-body"));
const state = (/** @type {string} */ text) => { const line = doc.getElementById("draft-state"); if (line) line.textContent = text; };
const title = doc.title;

// ---- the list: rings, the count in the title, the sound -------------------------------------

function tick() {
  for (const ring of /** @type {NodeListOf<SVGElement>} */ (doc.querySelectorAll("[data-ring]"))) {
    const promised = Number(ring.dataset.promise), waited = (now() - Date.parse(ring.dataset.ring ?? "")) / 1000;
    ring.querySelector(".arc")?.setAttribute("stroke-dasharray", `${Math.min(100, Math.max(0, (waited * 100) / promised))} 100`);
    // Past the promise the server draws the row as late.
    if (waited > promised && !ring.dataset.over) { ring.dataset.over = "yes"; refresh(["list", "late"]); }
  }
}

let before = -1;
function count() {
  const waits = doc.querySelectorAll("#list .entry.waits").length;
  doc.title = waits ? `(${waits}) ${title}` : title;
  if (before >= 0 && waits > before) ring();
  before = waits;
  tick();
}

/** @type {AudioContext | null} */
let audio = null;
const soundOn = () => localStorage.getItem("sound") !== "off";

/** Two soft notes. */
function ring() {
  if (!soundOn() || !doc.querySelector(".duty-bar .lampdot")) return;
  // Browsers let no page shake a phone that nobody has touched yet.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([120, 80, 120]);
  try {
    audio ??= new AudioContext();
    [660, 880].forEach((pitch, at) => {
      if (!audio) return;
      const note = audio.createOscillator(), volume = audio.createGain(), from = audio.currentTime + at * 0.18;
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, from);
      volume.gain.exponentialRampToValueAtTime(0.2, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.3);
      note.connect(volume).connect(audio.destination);
      note.start(from);
      note.stop(from + 0.32);
    });
  } catch { /* A browser that lets no page ring: the title still counts. */ }
}

function showSound() {
  const button = doc.getElementById("sound");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", String(soundOn()));
  button.title = (soundOn() ? phrases.soundOn : phrases.soundOff) ?? "";
}

// It rings again every half minute while somebody waits and nobody looks.
setInterval(() => { if (doc.hidden && before > 0) ring(); }, 30000);

// ---- the reply ------------------------------------------------------------------------------

const shelf = () => `draft:${box()?.dataset.draft}`;

function keepDraft() {
  const text = box()?.value ?? "";
  if (text.trim()) localStorage.setItem(shelf(), text); else localStorage.removeItem(shelf());
  state(text.trim() ? phrases.draft ?? "" : "");
}

/** A random UUID, also where a page without TLS may not ask for one. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function toEnd() {
  const list = doc.querySelector(".messages");
  if (!list) return;
  list.scrollTop = list.scrollHeight;
  if (matchMedia("(max-width: 767px)").matches) scrollTo({ top: doc.body.scrollHeight });
}

/** The bubble of what is on its way; the server's own takes its place. */
function bubble(/** @type {string} */ text) {
  const said = doc.createElement("li"), words = doc.createElement("div"), line = doc.createElement("p");
  said.className = "said ours sending";
  words.className = "bubble text"; words.textContent = text;
  line.className = "said-line"; line.textContent = phrases.sending ?? "";
  said.append(words, line);
  doc.querySelector(".messages")?.append(said);
  toEnd();
  return said;
}

doc.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const field = box();
  if (form.id !== "reply" || !field) return;
  event.preventDefault();
  const text = field.value, fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  if (!text.trim() || form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const shown = bubble(text);
  field.value = "";
  const { ok } = await send(form.getAttribute("action") ?? "", fields, (form.dataset.frag ?? "").split(" "));
  form.removeAttribute("aria-busy");
  shown.remove();
  if (ok) {
    localStorage.removeItem(shelf());
    /** @type {HTMLInputElement} */ (form.elements.namedItem("key")).value = newKey();
    state("");
    toEnd();
  } else {
    // The key stays: if the first try did arrive, the second is the same reply.
    field.value = field.value.trim() ? `${text}\n${field.value}` : text;
    keepDraft();
    state((navigator.onLine ? phrases.unsent : phrases.offline) ?? "");
  }
  field.focus();
});

/** Puts a fact into the reply where the cursor is. */
function insert(/** @type {string} */ text) {
  const field = box();
  if (!field) return;
  if (location.hash === "#notebook") history.back();
  const at = field.selectionStart ?? field.value.length;
  const gap = at > 0 && !/\s$/.test(field.value.slice(0, at)) ? " " : "";
  field.setRangeText(gap + text, at, field.selectionEnd ?? at, "end");
  field.focus();
  keepDraft();
  say(text);
}

let told = 0;
doc.addEventListener("input", (event) => {
  const field = /** @type {HTMLElement} */ (event.target);
  if (field === box()) {
    keepDraft();
    if (Date.now() - told < 4000) return;
    told = Date.now();
    const body = new URLSearchParams({ csrf: doc.body.dataset.csrf ?? "" });
    fetch(`/inbox/${box()?.dataset.draft}/writing`, { method: "POST", body, credentials: "same-origin" }).catch(() => {});
  } else if (field.closest("[data-search-frag]")) seek(/** @type {HTMLInputElement} */ (field));
  else if (field.closest(".list-search")) filter(/** @type {HTMLInputElement} */ (field).value);
});

// ---- searching ------------------------------------------------------------------------------

function filter(/** @type {string} */ wanted) {
  const words = wanted.trim().toLowerCase();
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (doc.querySelectorAll("#list li"))) row.hidden = !row.textContent?.toLowerCase().includes(words);
}

let typing = 0;
function seek(/** @type {HTMLInputElement} */ field, pause = 220) {
  const form = /** @type {HTMLFormElement} */ (field.form);
  clearTimeout(typing);
  typing = setTimeout(async () => {
    const url = new URL(form.action);
    url.hash = "";
    url.searchParams.set("q", field.value);
    try {
      const page = await fetch(url, { headers: { "X-Fragment": form.dataset.searchFrag ?? "" }, credentials: "same-origin" });
      if (page.ok) apply(new DOMParser().parseFromString(await page.text(), "text/html"), [form.dataset.searchFrag ?? ""]);
    } catch { /* The facts shown stay. */ }
  }, pause);
}

doc.addEventListener("submit", (event) => {
  const form = /** @type {HTMLElement} */ (event.target);
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=search]"));
  if (!field || !form.closest("[data-search-frag], .list-search")) return;
  event.preventDefault();
  if (form.dataset.searchFrag) seek(field, 0); else filter(field.value);
});

// ---- clicks and keys ------------------------------------------------------------------------

doc.addEventListener("click", (event) => {
  const el = /** @type {HTMLElement} */ (event.target);
  const fact = /** @type {HTMLElement | null} */ (el.closest("[data-insert]"));
  if (fact) { event.preventDefault(); insert(fact.dataset.insert ?? ""); }
  if (el.closest("#ready")) ready();
  if (el.closest("#sound")) { localStorage.setItem("sound", soundOn() ? "off" : "on"); showSound(); ring(); }
  const open = doc.querySelector(".note-box[open]");
  if (open && !open.contains(el)) open.removeAttribute("open");
});

const ready = () => /** @type {HTMLElement | null} */ (doc.querySelector("#ready-answers a"))?.focus();

function step(/** @type {number} */ by) {
  const rows = /** @type {HTMLAnchorElement[]} */ ([...doc.querySelectorAll("#list li:not([hidden]) .entry")]);
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[at < 0 ? 0 : at + by];
  if (next) location.assign(next.href);
}

doc.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const field = box();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && target === field) {
    event.preventDefault();
    field.form?.requestSubmit();
  } else if (event.key === "Escape") {
    doc.querySelector(".note-box[open]")?.removeAttribute("open");
    if (target.closest("#reply, .note-box, [role=search]")) target.blur();
    if (location.hash === "#notebook") history.back();
  } else if (target.closest("#ready-answers") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const chips = /** @type {HTMLElement[]} */ ([...doc.querySelectorAll("#ready-answers a")]);
    chips[chips.indexOf(target) + (event.key === "ArrowRight" ? 1 : -1)]?.focus();
    event.preventDefault();
  }
  const inField = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField) return;
  if (localStorage.getItem("keys") === "off" || doc.querySelector("dialog[open]")) return;
  const keys = { j: () => step(1), k: () => step(-1), r: () => field?.focus(), ";": ready };
  const act = /** @type {Record<string, () => void>} */ (keys)[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});

doc.addEventListener("toggle", (event) => {
  const box = /** @type {HTMLElement} */ (event.target);
  if (box.matches?.(".note-box[open]")) /** @type {HTMLElement | null} */ (box.querySelector("textarea"))?.focus();
}, true);

// A note that was kept leaves an empty box behind.
doc.addEventListener("sent", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.closest(".note-box")) return;
  form.reset();
  form.closest(".note-box")?.removeAttribute("open");
});

// ---- beginning ------------------------------------------------------------------------------

let said = doc.querySelectorAll(".messages .said").length;
addEventListener("fragments", () => {
  count();
  const messages = doc.querySelectorAll(".messages .said").length;
  if (messages > said) toEnd();
  said = messages;
});

const field = box();
if (field) {
  const draft = localStorage.getItem(shelf());
  if (draft && !field.value.trim()) { field.value = draft; state(phrases.draft ?? ""); }
  const button = doc.getElementById("ready");
  if (button && doc.querySelector("#ready-answers a")) button.hidden = false;
}
showSound();
count();
toEnd();
setInterval(tick, 5000);
