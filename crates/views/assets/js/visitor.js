// @ts-check
// The visitor page: sends without reloading, keeps one message through a dead network, and fetches
// the conversation again whenever something happens. Without it the page is a plain form.

const form = /** @type {HTMLFormElement} */ (document.querySelector("#write"));
const box = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
const say = form.dataset;
const shelf = `unsent:${say.slug}`;

const thread = () => /** @type {HTMLElement} */ (document.querySelector("#thread"));
const toEnd = () => window.scrollTo({ top: document.body.scrollHeight });
const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(16).slice(2)}`;

/** Puts newer versions of these elements into the page; an element one is typing in stays. */
function renew(/** @type {string} */ text, ids = ["attending", "thread", "quick"]) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const atEnd = window.innerHeight + window.scrollY > document.body.scrollHeight - 120;
  const before = thread().childElementCount;
  for (const id of ids) {
    const old = document.getElementById(id), now = fresh.getElementById(id);
    if (old && now && !old.contains(document.activeElement) && old.outerHTML !== now.outerHTML) old.replaceWith(now);
  }
  if (atEnd && thread().childElementCount !== before) toEnd();
}

let fetching = false, again = false;
async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const page = await fetch(location.href, { headers: { "X-Fragment": "attending,thread,quick" } });
    if (page.ok && !going) renew(await page.text());
  } catch { /* Without a network there is nothing newer to show. */ }
  fetching = false;
  if (again) { again = false; refresh(); }
}

/** A bubble for what is on its way. */
function bubble(/** @type {string} */ body) {
  const said = document.createElement("div");
  said.className = "said me going";
  const text = document.createElement("p"), line = document.createElement("p");
  text.className = "b"; text.textContent = body;
  line.className = "line"; line.textContent = say.sending ?? "";
  said.append(text, line);
  thread().append(said);
  toEnd();
  return line;
}

let going = 0;
async function send(/** @type {{body: string, key: string, csrf: string}} */ message) {
  const line = bubble(message.body);
  localStorage.setItem(shelf, JSON.stringify(message));
  going += 1;
  try {
    const page = await fetch(form.action, { method: "POST", body: new URLSearchParams(message), headers: { "X-Fragment": "attending,thread,quick,problem" } });
    going -= 1;
    localStorage.removeItem(shelf);
    if (page.status >= 500) throw new Error(String(page.status));
    const text = await page.text();
    if (!page.ok) line.parentElement?.remove(), box.value ||= message.body;
    renew(text, ["attending", "thread", "quick", "problem"]);
    toEnd();
    // Before the first message there was nothing to hear, and perhaps nobody to hear it from.
    if (page.ok && !hears) { hears = true; listen(); }
  } catch {
    if (going) going -= 1;
    // Kept until it went or the visitor writes something else: the key makes sending it twice harmless.
    localStorage.setItem(shelf, JSON.stringify(message));
    line.textContent = `${navigator.onLine ? say.unsent : say.offline} `;
    const retry = document.createElement("button");
    retry.type = "button"; retry.textContent = say.again ?? "";
    retry.onclick = () => { line.parentElement?.remove(); send(message); };
    line.append(retry);
  }
}

/** The message that waits on this device, if there is one. */
function waiting() {
  try { return JSON.parse(localStorage.getItem(shelf) ?? "null"); } catch { return null; }
}
function sendWaiting() {
  const message = waiting();
  if (!message || going) return;
  document.querySelectorAll(".going").forEach(old => old.remove());
  send({ ...message, csrf: /** @type {HTMLInputElement} */ (form.elements.namedItem("csrf")).value });
}

document.addEventListener("submit", event => {
  const sent = /** @type {HTMLFormElement} */ (event.target);
  if (!("send" in sent.dataset) && !("reach" in sent.dataset)) return;
  event.preventDefault();
  const values = /** @type {any} */ (Object.fromEntries(new FormData(sent)));
  if ("reach" in sent.dataset) {
    const field = /** @type {HTMLElement} */ (document.activeElement);
    field?.blur();
    fetch(sent.action, { method: "POST", body: new URLSearchParams(values) }).then(page => page.text()).then(text => renew(text), () => sent.submit());
    return;
  }
  if (!values.body?.trim()) return;
  send(values);
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
let hears = Boolean(thread().querySelector(".me"));
function listen() {
  source?.close();
  source = new EventSource(document.body.dataset.events ?? "");
  for (const topic of ["conversation", "topic", "clock", "shifts"]) source.addEventListener(topic, refresh);
  source.onmessage = refresh;
  source.onopen = refresh;
}
addEventListener("online", () => { sendWaiting(); refresh(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
listen();
sendWaiting();
if (thread().querySelector(".me")) toEnd();
