// The pieces among arguments[0] that stand in the page's own language: a piece of one word as the whole
// text of something, a longer one anywhere.
const pieces = arguments[0];
const fold = text => (text || "").replace(/\s+/g, " ").trim();
const ours = element => element.closest("[lang]") === document.documentElement && !element.closest("script, style, [data-keep-language]");
const texts = new Set([document.title]);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) if (ours(walker.currentNode.parentElement)) texts.add(fold(walker.currentNode.data));
for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
    if (!ours(element)) continue;
    for (const name of ["aria-label", "title", "placeholder"]) texts.add(fold(element.getAttribute(name)));
}
const found = [];
for (const text of texts) for (const piece of pieces) {
    const whole = text.replace(/^[\s.,:;()·]+|[\s.,:;()·]+$/g, "") === piece;
    if (whole || (piece.includes(" ") && piece.length > 9 && text.includes(piece))) found.push(`${piece} (in “${text.slice(0, 80)}”)`);
}
return found;
