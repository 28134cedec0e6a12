// Notes as they are taken: others' lines appear, and nobody's are lost while the connection is away.

const box = document.querySelector("[data-notes]");
const form = document.querySelector("[data-write]");
const status = document.querySelector("[data-told]");
const { notes, by, name, together, change, below } = box.dataset;
// A key for each line: pages of one person that are open twice do not write over each other.
const prefix = `fosbury-notes ${notes.split("-")[0]} ${by} `;
const words = {
  waits: (n) => `${n} line${n === 1 ? "" : "s"} of yours wait${n === 1 ? "s" : ""} for the connection. This browser keeps them.`,
  sent: "Everything you wrote has arrived.",
  away: "No connection. Go on writing: this browser keeps your lines.",
  out: "You are not let in any more. This browser keeps your lines: come in again by the link.",
  locked: "The notes are locked. See the whole",
  refused: "These lines of yours were not taken. Copy them:",
  change: "You are changing a line. Send it, or empty the field to take it out.",
  below: (text) => `What you write now goes below “${text}”.`,
};
let version = Number(box.dataset.version);
let source, changing, above, last;

const one = (selector, within = box) => within.querySelector(selector);

function make(tag, attributes, ...contents) {
  const element = document.createElement(tag);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...contents);
  return element;
}

function tell(text) {
  // Only news is read aloud.
  if (text !== last && (text !== words.sent || last)) status.textContent = text;
  last = text;
}

// What has not arrived yet

const kept = () => {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  const lines = keys.flatMap((key) => {
    try {
      return [JSON.parse(localStorage.getItem(key))];
    } catch {
      return [];
    }
  });
  return lines.sort((a, b) => a.place - b.place);
};
const keep = (line) => {
  try {
    localStorage.setItem(prefix + line.id, JSON.stringify(line));
  } catch {
    unkept.push(line);
  }
};
// Where a browser keeps nothing, the page does while it is open.
let unkept = [];
const waiting = () => [...kept().filter((line) => !line.isRefused), ...unkept];

function forget(sent, ids, act) {
  for (const line of sent.filter((line) => ids.includes(line.id))) {
    const now = JSON.parse(localStorage.getItem(prefix + line.id) ?? "null");
    // Changed again while it was on its way: the newer words still have to go.
    if (!now || now.edition === line.edition) act(line);
    unkept = unkept.filter((other) => other.id !== line.id);
  }
}

let isSending, retry, pause = 1000;

async function send() {
  clearTimeout(retry);
  const lines = waiting().slice(0, 50);
  if (isSending || !lines.length) return;
  isSending = true;
  const plain = lines.map(({ id, place, below, together, text, edition }) => ({ id, place, below, together, text, edition }));
  const body = new URLSearchParams({ lines: JSON.stringify(plain) });
  const how = { method: "POST", body, signal: AbortSignal.timeout?.(15000) };
  const answer = await fetch(`${notes}/lines`, how).catch(() => ({ status: 0 }));
  isSending = false;
  if (answer.status === 200) {
    pause = 1000;
    const told = await answer.json().catch(() => ({ kept: [], refused: [] }));
    forget(lines, told.kept, (line) => {
      localStorage.removeItem(prefix + line.id);
      document.getElementById(`l-${line.id}`)?.classList.remove("waiting");
    });
    forget(lines, told.refused, (line) => keep({ ...line, isRefused: true }));
    if (told.refused.length) showRefused();
    if (waiting().length) send();
    else if (!told.refused.length) tell(words.sent);
    return;
  }
  const isOut = answer.status === 401 || answer.status === 403 || answer.status === 404;
  tell(isOut ? words.out : words.waits(waiting().length));
  pause = Math.min(pause * 1.6, 15000);
  retry = setTimeout(send, pause);
}

function showRefused() {
  const lines = kept().filter((line) => line.isRefused);
  if (!lines.length) return;
  one("[data-refused]")?.remove();
  const list = make("ul", {}, ...lines.map((line) => make("li", {}, line.text)));
  box.append(make("div", { class: "notice", "data-refused": "", role: "status" }, make("p", {}, words.refused), list));
}

// What is shown

function column(key, title) {
  const found = one(`[data-column="${key}"]`);
  if (found) return one("ol", found);
  const list = make("ol", {});
  const head = make("h3", {}, title);
  const made = make("section", { class: "notes", "data-column": key, "aria-label": title }, head, list);
  const all = one("[data-columns]");
  if (key === "together") all.prepend(made);
  else all.append(made);
  one("[data-empty]")?.remove();
  return list;
}

function show(line, isWaiting) {
  const known = document.getElementById(`l-${line.id}`);
  if (known && Number(known.dataset.edition) > line.edition) return;
  // While newer words of ours are on their way, older ones do not come back.
  if (!isWaiting && waiting().some((own) => own.id === line.id && own.edition > line.edition)) return;
  known?.remove();
  if (!line.text) return;
  const list = column(line.together ? "together" : line.by, line.together ? together : line.name);
  const meta = make("span", { class: "meta" }, line.together ? `${line.name}, ` : "", line.at);
  if (by && line.by === by) {
    const address = `${notes}?change=${line.id}#write`;
    const more = make("span", { class: "unseen" }, `: ${line.text}`);
    meta.append(" · ", make("a", { href: address, "data-change": "" }, change, more));
  }
  if (by && (line.together || line.by === by)) {
    const address = `${notes}?below=${line.id}#write`;
    const more = make("span", { class: "unseen" }, `: ${line.text}`);
    meta.append(" · ", make("a", { href: address, "data-below": "" }, below, more));
  }
  const shape = { id: `l-${line.id}`, "data-place": line.place, "data-edition": line.edition };
  const item = make("li", shape, make("span", { class: "text" }, line.text), " ", meta);
  if (isWaiting) item.className = "waiting";
  // As the page itself orders them: by place, then by id.
  const isAfter = (other) => other.dataset.place - line.place || (other.id > shape.id ? 1 : -1);
  const after = [...list.children].find((other) => isAfter(other) > 0);
  list.insertBefore(item, after ?? null);
}

function take({ lines, locked, version: reached }) {
  version = Math.max(version, reached);
  lines.forEach((line) => show(line));
  if (locked) {
    source?.close();
    status.replaceChildren(make("a", { href: notes }, words.locked));
    send().then(showRefused);
  }
}

// Others' lines: as they are written, or asked for where no connection stays open.

let asking;

function watch() {
  source = new EventSource(`${notes}/live?since=${version}`);
  source.onopen = () => {
    clearInterval(asking);
    send();
  };
  source.onmessage = (event) => take(JSON.parse(event.data));
  source.onerror = () => {
    if (by && !navigator.onLine) tell(words.away);
    if (source.readyState !== EventSource.CLOSED) return;
    clearInterval(asking);
    asking = setInterval(ask, 2000);
    setTimeout(watch, 20000);
  };
}

async function ask() {
  const answer = await fetch(`${notes}/lines?since=${version}`).catch(() => ({}));
  if (answer.ok) take(await answer.json());
}

// Writing

const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const placed = (item) => Number(item?.dataset.place ?? 0);

// Between the line above and the one after it, or at the end.
function place(isTogether, above) {
  const list = one(`[data-column="${isTogether ? "together" : by}"] ol`);
  const item = above && document.getElementById(`l-${above}`);
  const after = item?.parentElement === list && item.nextElementSibling;
  if (after) return Math.floor((placed(item) + placed(after)) / 2);
  return Math.max(placed(list?.lastElementChild) + 1000, Date.now() * 1000);
}

function write() {
  const field = form.elements.text;
  const isTogether = form.elements.where.value === "together";
  const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const rows = changing ? [field.value.replace(/\s+/g, " ")] : field.value.split("\n");
  for (const row of rows.map((row) => row.trim()).filter((row) => row || changing)) {
    const begun = () => ({ id: newId(), place: place(isTogether, above), below: above, edition: 1, at: now });
    const line = changing ?? begun();
    if (above) above = line.id;
    Object.assign(line, { together: isTogether, text: row.slice(0, 2000), by, name });
    keep(line);
    show(line, true);
  }
  changing = above = null;
  field.value = "";
  field.focus();
  send();
}

if (form) {
  form.addEventListener("submit", (event) => {
    // A line that the page itself changes goes the page's way.
    if (form.elements.line || form.elements.below) return;
    event.preventDefault();
    write();
  });
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || form.elements.line || form.elements.below) return;
    event.preventDefault();
    write();
  });
  box.addEventListener("click", (event) => {
    const link = event.target.closest("[data-change], [data-below]");
    const item = link?.closest("li");
    if (!item) return;
    event.preventDefault();
    const { place, edition } = item.dataset;
    const isTogether = item.closest("[data-column]").dataset.column === "together";
    form.elements.where.value = isTogether ? "together" : "own";
    form.elements.text.focus();
    if ("below" in link.dataset) {
      changing = null;
      above = item.id.slice(2);
      return tell(words.below(one(".text", item).textContent));
    }
    above = null;
    const at = one(".meta", item).textContent.match(/\d\d:\d\d/)?.[0] ?? "";
    changing = { id: item.id.slice(2), place: Number(place), edition: Number(edition) + 1, at };
    form.elements.text.value = one(".text", item).textContent;
    tell(words.change);
  });
  waiting().forEach((line) => show(line, true));
  showRefused();
  addEventListener("online", () => send());
  addEventListener("offline", () => tell(words.away));
}
watch();
send();
