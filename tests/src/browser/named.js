// The first visible thing that a person would call arguments[0]: a field by its label, anything else by
// its accessible name or its text.
const fold = text => (text || "").replace(/\s+/g, " ").trim();
const name = fold(arguments[0]);
const things = "button, a[href], summary, input, select, textarea, [role=button], [role=tab], [role=radio], [role=option]";
const names = thing => [
  thing.getAttribute("aria-label"),
  (thing.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id)?.textContent).join(" "),
  ...[...(thing.labels || [])].map(label => label.textContent),
  thing.innerText,
  thing.type === "submit" ? thing.value : "",
  thing.placeholder,
];
const visible = thing => thing.getClientRects().length > 0 && getComputedStyle(thing).visibility !== "hidden";
return [...document.querySelectorAll(things)].find(thing => visible(thing) && names(thing).some(one => fold(one) === name)) || null;
