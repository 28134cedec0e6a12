// What scripts add; pages are whole without.
// size: one file, so that a page asks for one

const words = {
  kept: (time) => `Kept as a draft at ${time}`,
  lost: (why = "something went wrong") => `Not kept: ${why}. Your words are still here.`,
  why: { 0: "no connection", 401: "you are signed out", 413: "too long" },
  offer: (time) => `Words of yours from ${time} were not kept`,
  offerMore: "This browser has them. They differ from what is below.",
  takeBack: "Put them into the form",
  throwAway: "Throw them away",
  takenBack: "Your words are back in the form.",
  choices: "Suggestions",
  found: (n) => `${n || "No"} suggestion${n === 1 ? "" : "s"}.`,
  hint: "Arrow keys choose, Enter puts the link in, Escape closes.",
  copied: "Copied",
  selected: "Selected. Copy it with your keyboard.",
  keys: (areOn) => `Turn ${areOn ? "off" : "on"} the / key`,
};

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const on = (target, type, act) => target?.addEventListener(type, act);
const isHeld = (e) => e.isComposing || e.altKey || e.ctrlKey || e.metaKey;

function make(tag, attributes, ...contents) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...contents);
  return element;
}

function tryTo(act) {
  try {
    return act();
  } catch (error) {
    console.warn(error);
  }
}

// Several would talk over each other.
const voice = make("p", { class: "unseen", role: "status" });
document.body.append(voice);

function say(text) {
  voice.textContent = "";
  // Only a change is read.
  setTimeout(() => (voice.textContent = text), 100);
}

const memory = {
  read: (key) => tryTo(() => JSON.parse(localStorage.getItem(key))),
  write: (key, value) => tryTo(() => localStorage.setItem(key, JSON.stringify(value))),
  forget: (...keys) => tryTo(() => keys.forEach((key) => localStorage.removeItem(key))),
};

const timeOf = (at, more) =>
  new Date(at).toLocaleString("en-GB", { hour: "2-digit", minute: "2-digit", ...more });

// Drafts

const fields = (form) => [...form.elements].filter((f) => f.name && !/hidden|submit/.test(f.type));
const isTick = (f) => /checkbox|radio/.test(f.type);
const wordsIn = (form) => {
  const standing = fields(form).filter((f) => !isTick(f) || f.checked);
  return String(new URLSearchParams(standing.map((f) => [f.name, f.value])));
};

function placeOf({ dataset, elements }) {
  const { part, section } = elements;
  return ["fosbury-draft", dataset.draftOwner, dataset.draft, part?.value, section?.value].join(" ");
}

function keepDraft(form) {
  const { draft } = form.dataset;
  const place = placeOf(form);
  const aside = `${place} aside`;
  let kept = wordsIn(form);
  let timer, sending, told, isFailing, isLeft;
  let firstAt = 0, lastAt = 0;
  // Else browsers put old words back unasked.
  form.autocomplete = "off";

  const remember = (isSent) => {
    const base = form.elements.base?.value;
    memory.write(place, { at: Date.now(), base, words: wordsIn(form), isSent });
  };
  const tell = (status) => {
    isFailing = status !== 204;
    const text = isFailing ? words.lost(words.why[status]) : words.kept(timeOf(Date.now()));
    (one("[data-draft-told]", form) ?? {}).textContent = text;
    // Only news is read aloud: the first time, a failure, its end.
    if (status !== told) say(text);
    told = status;
    // Always there, it would slow the way back.
    window.onbeforeunload = isFailing ? (event) => event.preventDefault() : null;
    if (isFailing) remember();
    else memory.forget(place);
  };
  const later = () => {
    const now = Date.now();
    firstAt ||= now;
    // After a pause or amid long typing, once in five seconds.
    const due = Math.max(lastAt + 5000, Math.min(now + 1500, firstAt + 5000));
    clearTimeout(timer);
    timer = setTimeout(save, due - now);
  };

  async function save(isLeaving) {
    const now = wordsIn(form);
    firstAt = 0;
    if (isLeft || (sending && !(isLeaving && !sending.isCarried))) return;
    if (now === kept) return isFailing && tell(204);
    const body = new URLSearchParams(new FormData(form));
    // Browsers carry no more past a page's end.
    const keepalive = isLeaving && String(body).length < 60000;
    if (isLeaving && (isFailing || !keepalive || !navigator.onLine)) remember();
    const mine = (sending = new AbortController());
    mine.isCarried = keepalive;
    clearTimeout(timer);
    setTimeout(() => mine.abort(), 20000);
    lastAt = Date.now();
    const how = { method: "POST", body, keepalive, redirect: "error", signal: mine.signal };
    const { status } = await fetch(draft, how).catch(() => ({ status: 0 }));
    if (sending !== mine) return;
    sending = null;
    if (status === 204) kept = now;
    tell(status);
    if (isFailing) timer = setTimeout(save, 15000);
    else if (wordsIn(form) !== kept) later();
  }

  const leave = () => {
    clearTimeout(timer);
    // It could arrive after the page itself.
    sending?.abort();
    sending = null;
    isLeft = true;
    window.onbeforeunload = null;
    memory.forget(place);
  };

  on(form, "input", later);
  on(window, "online", () => isFailing && save());
  on(window, "pagehide", () => save(true));
  on(document, "visibilitychange", () => save(document.hidden));
  on(window, "pageshow", () => {
    // Out of the browser's cache: what arrived is forgotten by now.
    if (isLeft && !memory.read(place)) kept = wordsIn(form);
    isLeft = false;
  });
  on(form, "submit", () => {
    leave();
    // Until another page of ours opens: they arrived.
    if (wordsIn(form) !== kept) remember(true);
  });
  on(one("form[action$='/draft/removal']"), "submit", () => {
    leave();
    memory.forget(aside);
  });

  const entry = memory.read(place) ?? memory.read(aside);
  memory.forget(place, aside);
  // The page that answers a form shows what arrived.
  if (!entry || entry.words === kept || (entry.isSent && form.dataset.draftArrived)) return;
  // What is typed next takes their place.
  memory.write(aside, { ...entry, isSent: false });
  const title = words.offer(timeOf(entry.at, { day: "numeric", month: "long" }));
  const notice = make("section", { class: "notice", "aria-labelledby": "offer" });
  notice.innerHTML = `<h2 id="offer">${title}</h2><p>${words.offerMore}</p><p class="actions">
    <button class="button small">${words.takeBack}</button>
    <button class="button small quiet">${words.throwAway}</button></p>`;
  form.before(notice);
  say(title);
  const [take, drop] = all("button", notice);
  const decide = () => {
    memory.forget(aside);
    notice.remove();
    fields(form)[0].focus();
  };
  on(drop, "click", decide);
  on(take, "click", () => {
    const old = new URLSearchParams(entry.words);
    for (const f of fields(form)) {
      if (isTick(f)) f.checked = old.getAll(f.name).includes(f.value);
      else f.value = old.get(f.name) ?? f.value;
      f.dispatchEvent(new Event("input", { bubbles: true }));
    }
    // On a later base they would undo what others wrote since.
    if (entry.base) form.elements.base.value = entry.base;
    say(words.takenBack);
    decide();
  });
}

// Words that arrived, and words nobody came back for.
function clearMemory() {
  const here = all("form[data-draft]").map(placeOf);
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith("fosbury-draft") || here.includes(key)) continue;
    const { at, isSent } = memory.read(key);
    if (isSent || at < Date.now() - 30 * 24 * 3600e3) memory.forget(key);
  }
}

// The page wanted last, after a pause.
function asking() {
  let timer, asked;
  return (url, show) => {
    clearTimeout(timer);
    asked?.abort();
    asked = new AbortController();
    const ask = async () => {
      const answer = await fetch(url, asked);
      const text = answer.ok ? await answer.text() : "";
      show(new DOMParser().parseFromString(text, "text/html"));
    };
    if (url) timer = setTimeout(() => ask().catch(console.debug), 200);
  };
}

// A list below a field, which keeps the focus. Texts pick, searches follow a link.
function suggest(field, address, host, typed, pick) {
  const id = `choices-${all(".choices").length}`;
  const list = make("ul", { class: "choices", id, role: "listbox", "aria-label": words.choices });
  const ask = asking();
  let options = [], chosen, hint = pick ? words.hint : "";
  host.append(list);
  if (!pick) field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-autocomplete", "list");

  const mark = (option) => {
    chosen = option;
    options.forEach((each) => each.setAttribute("aria-selected", each === chosen));
    field.setAttribute("aria-activedescendant", chosen?.id ?? "");
    if (chosen) list.scrollTop = chosen.offsetTop - list.clientHeight / 2;
  };
  const show = (found) => {
    options = found;
    list.replaceChildren(...found.map((option) => make("li", { role: "none" }, option)));
    list.hidden = !found.length;
    if (!pick) field.setAttribute("aria-expanded", !list.hidden);
    mark();
  };
  const close = () => {
    ask();
    show([]);
  };
  // Only links of our own, and their words.
  const option = (a, i) => {
    const meta = one(".meta", a)?.textContent ?? "";
    const title = a.textContent.replace(meta, "");
    const { link } = a.dataset;
    const href = new URL(a.getAttribute("href"), location.origin);
    if (href.origin !== location.origin || (pick && !link)) return [];
    const shape = { role: "option", id: `${id}-${i}`, tabindex: -1, href };
    const made = make("a", shape, title, make("span", { class: "meta" }, meta));
    if (pick) on(made, "click", (event) => (event.preventDefault(), pick(link)));
    return [made];
  };
  const look = () => {
    const q = typed()?.trim() ?? "";
    if (q.length < 2) return close();
    mark();
    const query = new URLSearchParams(pick ? { q, links: 1 } : { q });
    ask(`${address}?${query}`, (page) => {
      const found = all("a[href]", page).slice(0, 8).flatMap(option);
      if (found.length || !list.hidden) say(`${words.found(found.length)} ${hint}`);
      if (found.length) hint = "";
      show(found);
    });
  };
  close();

  on(field, "input", look);
  on(field, "click", pick ? close : look);
  on(field, "blur", close);
  on(field, "keydown", (event) => {
    const { key } = event;
    if (isHeld(event) || event.shiftKey) return;
    if (list.hidden) return key === "ArrowDown" && !pick && look();
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    // Past either end nothing is chosen.
    const around = [undefined, ...options];
    if (by) mark(around.at((around.indexOf(chosen) + by) % around.length));
    else if (key === "Escape") close();
    else if (chosen && (key === "Enter" || (key === "Tab" && pick))) chosen.click();
    else return pick && /Arrow|Home|End|Page/.test(key) && close();
    event.preventDefault();
  });
  // A press would take the focus, and the list with it.
  on(list, "mousedown", (event) => event.preventDefault());
}

function suggestPages(field) {
  suggest(field, field.dataset.suggest, field.closest(".search"), () => field.value);
}

function completeLinks(area) {
  const begun = () => area.value.slice(0, area.selectionStart).match(/\[\[([^[\]|\n]{2,60})$/);
  suggest(area, area.dataset.links, area.parentElement, () => begun()?.[1], (link) => {
    const from = begun().index;
    const to = area.selectionEnd + (area.value.startsWith("]]", area.selectionEnd) ? 2 : 0);
    area.setSelectionRange(from, to);
    // Old, but it can be undone.
    document.execCommand("insertText", false, link);
  });
}

function refreshResults(region) {
  const form = one("main form[role=search]");
  const ask = asking();
  on(form, "input", ({ target }) => {
    if (!target.value.trim()) return ask();
    const url = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    ask(url, (page) => {
      region.replaceChildren(...one("[data-live-results]", page).childNodes);
      document.title = page.title;
      history.replaceState(null, "", url);
      say(one("h2", region).textContent);
    });
  });
}

async function copy(button) {
  const source = one(button.dataset.copy);
  let text = words.copied;
  try {
    await navigator.clipboard.writeText(source.innerText.trim());
  } catch {
    // There is no clipboard without https.
    getSelection().selectAllChildren(source);
    text = words.selected;
  }
  const told = make("span", { class: "meta" }, ` ${text}`);
  button.after(told);
  setTimeout(() => told.remove(), 5000);
  say(text);
}

// The older revision stays left of the newer; the one not touched makes way.
function compare(table) {
  const [from, to] = ["from", "to"].map((name) => all(`input[name=${name}]`, table));
  on(table, "change", ({ target }) => {
    // Newest first: older is further down.
    const [older, newer] = [from, to].map((column) => column.findIndex((radio) => radio.checked));
    if (older > newer || from.length < 2) return;
    const at = target.name === "from" ? Math.max(older, 1) : Math.min(newer + 1, from.length - 1);
    from[at].checked = to[at - 1].checked = true;
  });
}

function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}

function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    while (area.scrollHeight > area.clientHeight && area.rows < 60) area.rows += 1;
  };
  on(area, "input", fit);
  fit();
}

// Single keys can be turned off, or need the focus in a list (WCAG 2.1.4).
const hasKeys = () => memory.read("fosbury-keys") ?? true;

function switchKeys(button) {
  const name = () => (button.textContent = words.keys(hasKeys()));
  on(button, "click", () => {
    memory.write("fosbury-keys", !hasKeys());
    name();
  });
  name();
}

on(document, "keydown", (event) => {
  const { key, target } = event;
  if (isHeld(event) || target.closest("input, textarea, select")) return;
  const box = one("form[role=search] input[name=q]");
  if (key === "/" && box && hasKeys()) {
    event.preventDefault();
    box.focus();
  }
  // The desk is one queue of many lists, and its keys work from anywhere.
  const desk = one("[data-queue]");
  const list = target.closest("[data-keys]");
  const rows = desk ? all("[data-keys] > *") : [...(list?.children ?? [])];
  const row =
    (list || (desk && key === "j" && hasKeys())) &&
    rows[rows.findIndex((row) => row.contains(target)) + { j: 1, k: -1 }[key]];
  if (row) one("a, button", row)?.focus();
  decide(key, rows.find((row) => row.contains(target)), event);
  if (key === "u" && list) one("[data-undo]")?.click();
});

// The stewards' queue: the letters are shown above it.
function decide(key, row, event) {
  const act =
    row &&
    { a: "[data-accept]", r: "[data-refuse]", x: "input[type=checkbox]", o: "a[href]" }[key];
  const named = row && /^[a-z,]$/.test(key) && one(`[data-key~="${key}"]`, row);
  if (named) return press(named, event);
  const button = act && one(act, row);
  if (!button) return;
  event.preventDefault();
  const reason = one("[data-reason]", row);
  // Without a reason nothing is refused: ask for it.
  if (key === "r" && reason && !reason.value.trim()) reason.focus();
  else button.click();
}

// A button is pressed; a place to write is opened and gets the focus.
function press(element, event) {
  event.preventDefault();
  const field = element.matches("summary") ? one("input", element.parentNode) : element;
  if (field.matches("button")) return field.click();
  field.closest("details").open = true;
  field.focus();
}

tryTo(clearMemory);
for (const [selector, begin] of [
  ["[hidden][data-scripted]", (element) => (element.hidden = false)],
  ["[data-focus]", focusOn],
  // The last keeps it.
  [".error-summary", focusOn],
  ["form[data-draft]", keepDraft],
  ["input[data-suggest]", suggestPages],
  ["[data-live-results]", refreshResults],
  ["textarea[data-links]", completeLinks],
  ["textarea", grow],
  ["[data-copy]", (button) => on(button, "click", () => copy(button))],
  ["[data-print]", (button) => on(button, "click", () => print())],
  ["[data-compare]", compare],
  ["[data-keys-switch]", switchKeys],
]) {
  // One may fail without the others.
  for (const element of all(selector)) tryTo(() => begin(element));
}
