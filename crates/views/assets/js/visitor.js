// @ts-check
// The visitor page: sends without reloading, keeps what could not be sent through a dead network, and
// fetches the conversation again whenever something happens. Without it the page is a plain form.

/** @typedef {{body: string, key: string}} Message */

const form = /** @type {HTMLFormElement} */ (document.querySelector("#write"));
const box = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
const say = form.dataset;
const shelf = `unsent:${say.slug}`;

const thread = () => /** @type {HTMLElement} */ (document.querySelector("#thread"));
const toEnd = () => window.scrollTo({ top: document.body.scrollHeight });
const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(16).slice(2)}`;

/** Runs `run` later: after about two seconds, then twice as long each time, at most a minute. */
function patience(/** @type {() => void} */ run) {
  let pause = 2000, timer = 0;
  return {
    later() { clearTimeout(timer); timer = setTimeout(run, pause * (0.7 + Math.random() * 0.6)); pause = Math.min(pause * 2, 60000); },
    over() { clearTimeout(timer); pause = 2000; },
  };
}

const parse = (/** @type {string} */ text) => new DOMParser().parseFromString(text, "text/html");
/** What an element looks like without the bubbles of what is on its way. */
function settled(/** @type {Element} */ el) {
  const copy = /** @type {Element} */ (el.cloneNode(true));
  copy.querySelectorAll(".going").forEach(one => one.remove());
  return copy.outerHTML;
}

/** Puts newer versions of these elements into the page; an element one is typing in stays. */
function renew(/** @type {Document} */ fresh, ids = ["attending", "thread", "quick"]) {
  const had = /** @type {HTMLElement} */ (document.activeElement ?? document.body), held = had.closest(".going") ? null : had;
  const atEnd = window.innerHeight + window.scrollY > document.body.scrollHeight - 120;
  const before = thread().childElementCount;
  for (const id of ids) {
    const old = document.getElementById(id), now = fresh.getElementById(id);
    if (old && now && !(held && old.contains(held)) && settled(old) !== now.outerHTML) old.replaceWith(now);
  }
  showUnsent();
  if (!held && had.isConnected) had.focus({ preventScroll: true });
  if (atEnd && thread().childElementCount !== before) toEnd();
}

let fetching = false, again = false;
const fetchAgain = patience(refresh);
async function refresh() {
  if (fetching || sending) { again = true; return; }
  fetching = true; again = false;
  const round = rounds;
  try {
    const page = await fetch(location.href, { headers: { "X-Fragment": "attending,thread,quick" }, signal: AbortSignal.timeout(15000) });
    if (page.status >= 500) throw new Error(String(page.status));
    const text = await page.text();
    fetchAgain.over();
    // What was sent meanwhile is not in this answer.
    if (round !== rounds) again = true;
    else if (page.ok) renew(parse(text));
  } catch { fetchAgain.later(); } finally { fetching = false; }
  if (again) refresh();
}

// ---- what is on its way: kept on this device until the server has taken or refused it ----------

/** @type {Message[]} */
let list = [];
let noShelf = false;
/** What was not taken yet, oldest first; other tabs share it. */
function unsent() {
  // Without storage, or when it holds nonsense, what this page remembers counts.
  if (!noShelf) try { list = [].concat(JSON.parse(localStorage.getItem(shelf) ?? "[]") ?? []); } catch { /* The list stays. */ }
  return list;
}
function keep(/** @type {Message[]} */ messages) {
  list = messages;
  try { localStorage.setItem(shelf, JSON.stringify(list)); } catch { noShelf = true; }
}
const drop = (/** @type {string} */ key) => keep(unsent().filter(one => one.key !== key));

/** The bubble of each message on its way, by its key. @type {Map<string, HTMLElement>} */
const bubbles = new Map();
function bubble(/** @type {Message} */ message) {
  const said = document.createElement("div"), text = document.createElement("p"), line = document.createElement("p");
  said.className = "said me going";
  text.className = "b"; text.textContent = message.body;
  line.className = "line"; line.textContent = say.sending ?? "";
  said.append(text, line);
  bubbles.set(message.key, said);
  return said;
}

/** Every bubble stands at the end of the conversation, also of one that was just fetched. */
function showUnsent() {
  const waiting = unsent();
  for (const [key, said] of bubbles) if (!waiting.some(one => one.key === key)) { said.remove(); bubbles.delete(key); }
  for (const message of waiting) {
    const said = bubbles.get(message.key) ?? bubble(message);
    if (said.parentElement !== thread()) thread().append(said);
  }
}

function failed(/** @type {string} */ key) {
  const line = bubbles.get(key)?.lastElementChild, words = `${navigator.onLine ? say.unsent : say.offline} `;
  if (!line || line.firstChild?.nodeValue === words) return;
  const retry = document.createElement("button");
  retry.type = "button"; retry.textContent = say.again ?? "";
  retry.onclick = () => { line.textContent = say.sending ?? ""; tried.delete(key); sendWaiting(); };
  line.replaceChildren(words, retry);
}

/** Sends one message; its key makes sending it twice harmless. Says whether to try again by itself. */
async function send(/** @type {Message} */ { body, key }) {
  const csrf = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrf")).value;
  const page = await fetch(form.action, {
    method: "POST", body: new URLSearchParams({ csrf, key, body }),
    headers: { "X-Fragment": "attending,thread,quick,problem" }, signal: AbortSignal.timeout(20000),
  });
  // Above 500 the server takes nothing at all: what follows waits its turn.
  if (page.status > 500) throw new Error(String(page.status));
  const fresh = parse(await page.text());
  const taken = page.ok && fresh.getElementById("thread");
  const refused = page.status >= 400 && page.status < 500 && fresh.getElementById("problem")?.textContent?.trim();
  if (!taken && !refused) { failed(key); return page.ok || page.status === 500; }
  const said = bubbles.get(key);
  drop(key);
  // Where the conversation cannot be renewed, because somebody types in it, the bubble says it for now.
  if (taken && said) { said.classList.remove("going"); said.lastElementChild?.replaceChildren(); bubbles.delete(key); }
  if (refused) box.value = [body, box.value].filter(Boolean).join("\n");
  renew(fresh, ["attending", "thread", "quick", "problem"]);
  toEnd();
  // Before the first message there was nothing to hear, and perhaps nobody to hear it from.
  if (taken && !hears) { hears = true; listen(); }
  return false;
}

let sending = false, rounds = 0;
/** The keys of this round. @type {Set<string>} */
const tried = new Set();
const sendAgain = patience(sendWaiting);
/** Sends what waits, one after the other and each once; comes back later if the server could not. */
async function sendWaiting() {
  showUnsent();
  if (sending || !unsent().length) return;
  sending = true; rounds += 1;
  tried.clear();
  let later = false;
  try {
    for (let next; (next = unsent().find(one => !tried.has(one.key)));) {
      tried.add(next.key);
      later = await send(next) || later;
    }
  } catch {
    later = true;
    for (const { key } of unsent()) failed(key);
  } finally { sending = false; }
  if (later) sendAgain.later(); else sendAgain.over();
  if (again) refresh();
}

document.addEventListener("submit", event => {
  const sent = /** @type {HTMLFormElement} */ (event.target);
  if (!("send" in sent.dataset) && !("reach" in sent.dataset)) return;
  event.preventDefault();
  const values = /** @type {any} */ (Object.fromEntries(new FormData(sent)));
  if ("reach" in sent.dataset) {
    const field = /** @type {HTMLElement} */ (document.activeElement);
    field?.blur();
    const plainly = () => { if (!sent.isConnected) { sent.hidden = true; document.body.append(sent); } sent.submit(); };
    fetch(sent.action, { method: "POST", body: new URLSearchParams(values), headers: { "X-Fragment": "attending,thread,quick" } })
      .then(async page => ({ page, fresh: parse(await page.text()) }))
      // A page that is not this one says why it was refused: it is to be read.
      .then(({ page, fresh }) => fresh.getElementById("thread") || page.status === 422 ? renew(fresh) : plainly(), plainly);
    return;
  }
  if (!values.body?.trim()) return;
  keep([...unsent(), { body: values.body, key: values.key }]);
  sendWaiting();
  toEnd();
  if (sent === form) {
    box.value = "";
    /** @type {HTMLInputElement} */ (form.elements.namedItem("key")).value = newKey();
    box.focus();
  } else document.querySelector("#quick")?.replaceChildren();
});

// Enter sends where there is a keyboard; on a phone it is a new line.
box.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  form.requestSubmit();
});

let told = 0;
box.addEventListener("input", () => {
  if (Date.now() - told < 3000 || !say.writing) return;
  told = Date.now();
  fetch(say.writing, { method: "POST", body: new URLSearchParams({ csrf: new FormData(form).get("csrf")?.toString() ?? "" }) }).catch(() => {});
});

document.addEventListener("keydown", event => {
  if (event.key === "Escape") document.querySelector(".languages[open]")?.removeAttribute("open");
});

/** @type {EventSource | undefined} */
let source;
let hears = Boolean(thread().querySelector(".me")), heard = false;
const listenAgain = patience(listen);
function listen() {
  source?.close();
  source = new EventSource(document.body.dataset.events ?? "");
  for (const topic of ["conversation", "topic", "clock", "shifts"]) source.addEventListener(topic, refresh);
  // The server lost count: everybody fetches everything, but not in the same moment.
  source.addEventListener("resync", () => setTimeout(refresh, Math.random() * 2000));
  source.onmessage = refresh;
  source.onopen = () => { heard = true; listenAgain.over(); sendWaiting(); refresh(); };
  // Browsers come back by themselves, but not after an error page; who never heard anything need not.
  source.onerror = () => { if (source?.readyState === EventSource.CLOSED && (hears || heard)) listenAgain.later(); };
}
function wake() {
  if (source?.readyState === EventSource.CLOSED && (hears || heard)) listen();
  sendWaiting();
  refresh();
}
addEventListener("online", wake);
document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
listen();
sendWaiting();
if (thread().querySelector(".me")) toEnd();
