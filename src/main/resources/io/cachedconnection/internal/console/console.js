// The console of cached-connection: <cached-connection-console base="/cached-connection">, or mount(element, base).
// Everything that comes from the server goes into the page by textContent, and nothing is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";
const POLL_MILLIS = 2000;
const LOOKUPS = [
  ["near", "near hits"], ["hits", "hits"], ["misses", "misses"], ["bypasses", "bypasses"], ["rejected", "rejected"],
];
const LOADS = [["p50", "p50"], ["p99", "p99"]];
const REDIS = [["p50", "lookups p50"], ["p99", "lookups p99"], ["writeP50", "writes p50"], ["writeP99", "writes p99"]];

/** An element with attributes, properties and children; text stays text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

const rate = (perSecond) => (perSecond === 0 ? "0" : perSecond < 10 ? perSecond.toFixed(1) : short.format(perSecond));

function micros(value) {
  if (!value) {
    return "–";
  }
  return value < 1000 ? `${value} µs` : value < 1e6 ? `${+(value / 1000).toPrecision(3)} ms` : `${+(value / 1e6).toPrecision(3)} s`;
}

function span(millis) {
  if (millis < 1000) {
    return `${millis} ms`;
  }
  const seconds = Math.round(millis / 1000);
  const [unit, name, part, ofPart] = seconds < 60 ? [1, "s", 1, ""] : seconds < 3600 ? [60, "min", 1, "s"] : seconds < 86400 ? [3600, "h", 60, "min"] : [86400, "d", 3600, "h"];
  const rest = Math.floor((seconds % unit) / part);
  return `${Math.floor(seconds / unit)} ${name}${rest > 0 ? ` ${rest} ${ofPart}` : ""}`;
}

function bytes(value) {
  return value < 1024 ? `${value} B` : value < 1 << 20 ? `${(value / 1024).toFixed(1)} kB` : `${(value / (1 << 20)).toFixed(1)} MB`;
}

const clock = (millis) => new Date(millis).toLocaleTimeString([], { hour12: false });

/** A chart of a few lines over ten minutes. */
class Chart {
  constructor(title, series, format, perSecond) {
    this.series = series;
    this.format = format;
    this.perSecond = perSecond;
    this.svg = draw("svg", { viewBox: "0 0 600 200", preserveAspectRatio: "none", role: "img" });
    this.svg.append(...[0, 100, 200].map((y) => draw("line", { class: "axis", x1: 0, x2: 600, y1: y, y2: y })));
    this.paths = series.map(([key]) => draw("path", { class: `series s-${key}` }));
    this.cursor = draw("line", { class: "cursor", y1: 0, y2: 200, visibility: "hidden" });
    this.svg.append(...this.paths, this.cursor);
    this.top = make("span", { class: "label" });
    this.middle = make("span", { class: "label" });
    this.top.style.top = "0";
    this.middle.style.top = "50%";
    this.readout = make("p", { class: "readout" });
    this.values = series.map(() => make("b", {}, "–"));
    this.legend = make("ul", { class: "legend" }, ...series.map(([key, name], i) => make("li", {},
      draw("svg", { viewBox: "0 0 28 12", "aria-hidden": "true" }, draw("path", { class: `series s-${key}`, d: "M1 6H27" })),
      name, this.values[i])));
    this.start = make("span", {}, "10 min ago");
    this.title = title;
    this.element = make("div", {}, make("div", { class: "plot" }, this.svg, this.top, this.middle),
      make("div", { class: "times" }, this.start, make("span", {}, "now")), this.legend, this.readout);
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => {
      this.cursor.setAttribute("visibility", "hidden");
      this.readout.textContent = "";
    });
  }

  /** The value of a series at a sample; nothing where a time was not measured. */
  value(lines, key, i) {
    const number = lines.numbers[key]?.[i] ?? 0;
    if (this.perSecond) {
      const before = i > 0 ? lines.times[i - 1] : lines.times[i] - 1000 * lines.stepSeconds;
      return (1000 * number) / Math.max(1, lines.times[i] - before);
    }
    return number === 0 ? null : number;
  }

  show(lines) {
    this.lines = lines;
    const count = lines.times.length;
    const now = lines.times[count - 1] ?? Date.now();
    const ofAll = 1000 * lines.length * lines.stepSeconds;
    const length = Math.min(ofAll, Math.max(60_000, now - (lines.times[0] ?? now))); // as long as there is something to see
    this.start.textContent = `${span(1000 * Math.round(length / 1000))} ago`;
    const values = this.series.map(([key]) => lines.times.map((_, i) => this.value(lines, key, i)));
    const most = Math.max(this.perSecond ? 1 : 100, ...values.flat().map((value) => value ?? 0));
    const step = 10 ** Math.floor(Math.log10(most));
    const top = Math.ceil(most / (step / 2)) * (step / 2);
    this.top.textContent = this.format(top);
    this.middle.textContent = this.format(top / 2);
    const x = (i) => 600 - (600 * (now - lines.times[i])) / length;
    this.x = x;
    values.forEach((line, s) => {
      let path = "";
      let pen = false;
      line.forEach((value, i) => {
        if (value === null) {
          pen = false;
          return;
        }
        const alone = !pen && (line[i + 1] ?? null) === null;
        path += `${pen ? "L" : "M"}${x(i).toFixed(1)} ${(200 - (200 * value) / top).toFixed(1)}${alone ? "h0.1" : ""}`;
        pen = true;
      });
      this.paths[s].setAttribute("d", path);
      const last = line.findLast((value) => value !== null);
      this.values[s].textContent = last === undefined ? "–" : this.format(last);
    });
    this.svg.setAttribute("aria-label", `${this.title}, the last ten minutes. Now: ${this.series
      .map(([, name], i) => `${name} ${this.values[i].textContent}`).join(", ")}.`);
  }

  point(event) {
    if (!this.lines?.times.length) {
      return;
    }
    const box = this.svg.getBoundingClientRect();
    const at = (600 * (event.clientX - box.left)) / box.width;
    let nearest = 0;
    this.lines.times.forEach((_, i) => {
      nearest = Math.abs(this.x(i) - at) < Math.abs(this.x(nearest) - at) ? i : nearest;
    });
    const x = this.x(nearest).toFixed(1);
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
    this.cursor.setAttribute("visibility", "visible");
    this.readout.textContent = `${clock(this.lines.times[nearest])}: ${this.series.map(([key, name]) => {
      const value = this.value(this.lines, key, nearest);
      return `${name} ${value === null ? "–" : this.format(value)}`;
    }).join(", ")}`;
  }
}

/** Lines that grow by what is new. */
class LineBuffer {
  constructor() {
    this.all = null;
  }

  get from() {
    return this.all === null ? 0 : this.all.first + this.all.times.length;
  }

  add(more) {
    if (this.all === null || more.first !== this.from) {
      this.all = more;
      return this.all;
    }
    const cut = Math.max(0, this.all.times.length + more.times.length - more.length);
    const grown = (before, news) => (before ?? []).concat(news).slice(-more.length);
    const known = this.all;
    const numbers = {};
    for (const [key, news] of Object.entries(more.numbers)) {
      const before = known.numbers[key].length === known.times.length ? known.numbers[key] : known.times.map(() => 0);
      numbers[key] = grown(before, news.length === more.times.length ? news : more.times.map(() => 0));
    }
    this.all = { ...more, first: known.first + cut, times: grown(known.times, more.times), numbers };
    return this.all;
  }
}

class Console extends HTMLElement {
  #state = null;
  #chosen = null;
  #lines = new LineBuffer();
  #redisLines = new LineBuffer();
  #timer = null;
  #busy = false;
  #inspected = null;
  #parts = {};

  connectedCallback() {
    if (!this.shadowRoot) {
      this.attachShadow({ mode: "open" });
      this.#build();
    }
    this.onVisible = () => this.#poll();
    document.addEventListener("visibilitychange", this.onVisible);
    this.#poll();
    this.#timer = setInterval(() => this.#poll(), POLL_MILLIS);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  get base() {
    return (this.getAttribute("base") ?? "/cached-connection").replace(/\/$/, "");
  }

  async #get(path) {
    const response = await fetch(`${this.base}/api/${path}`, { cache: "no-store", credentials: "same-origin" });
    return this.#read(response);
  }

  async #read(response) {
    let answer;
    try {
      answer = await response.json();
    } catch {
      throw new Error(`The console answered with status ${response.status}.`);
    }
    if (!response.ok) {
      throw new Error(answer.message ?? `The console answered with status ${response.status}.`);
    }
    return answer;
  }

  async #post(action, body) {
    return this.#read(await fetch(`${this.base}/api/${action}`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Cached-Connection-Token": this.#state?.token ?? "" },
      body: JSON.stringify(body),
    }));
  }

  async #poll() {
    if (this.#busy || document.hidden) {
      return;
    }
    this.#busy = true;
    try {
      const chosen = this.#chosen;
      const filter = this.#parts.filter.value;
      const [state, lines] = await Promise.all([
        this.#get(`state?limit=100&filter=${encodeURIComponent(filter)}`),
        this.#get(`lines?from=${this.#lines.from}${chosen === null ? "" : `&cache=${encodeURIComponent(chosen)}`}`),
      ]);
      this.#state = state;
      const server = state.redis.servers[0];
      const ofRedis = server
        ? await this.#get(`lines?from=${this.#redisLines.from}&server=${encodeURIComponent(`${server.address}:${server.port}`)}`)
        : null;
      this.#parts.banner.hidden = true;
      if (chosen === this.#chosen) {
        this.#parts.lookups.show(this.#lines.add(lines));
        this.#parts.loads.show(this.#lines.all);
      }
      if (ofRedis) {
        this.#parts.redisChart.show(this.#redisLines.add(ofRedis));
      }
      this.#show();
      if (this.#chosen !== null) {
        this.#showDetail(await this.#get(`cache?name=${encodeURIComponent(this.#chosen)}`));
      }
      this.dispatchEvent(new CustomEvent("cached-connection-state", { detail: state }));
    } catch (error) {
      this.#parts.banner.hidden = false;
      this.#parts.bannerText.textContent = error instanceof TypeError ? "The application does not answer." : error.message;
    } finally {
      this.#busy = false;
    }
  }

  #build() {
    const parts = this.#parts;
    const style = make("link", { rel: "stylesheet", href: `${this.base}/console.css` });
    parts.banner = make("div", { class: "banner", role: "alert", hidden: true }, parts.bannerText = make("p"));
    parts.pill = make("span", { class: "pill idle", role: "status" }, make("span", { class: "dot", "aria-hidden": "true" }), parts.pillText = make("span", {}, "…"));
    parts.where = make("p", { class: "soft small" });
    parts.tiles = make("dl", { class: "tiles" });
    parts.lookups = new Chart("Lookups each second", LOOKUPS, (value) => `${rate(value)}/s`, true);
    parts.loads = new Chart("How long loads take", LOADS, micros, false);
    parts.redisChart = new Chart("How long Redis takes", REDIS, micros, false);
    parts.scope = make("h2", {}, "Lookups, all caches");
    parts.all = make("button", { type: "button", hidden: true, onclick: () => this.#choose(null) }, "Show all caches");
    parts.filter = make("input", { type: "search", id: "filter", placeholder: "Filter by name", "aria-label": "Filter caches by name", oninput: () => this.#poll() });
    parts.rows = make("tbody");
    parts.rowsNote = make("p", { class: "soft small" });
    parts.detail = make("div", { class: "card", hidden: true });
    parts.servers = make("tbody");
    parts.near = make("dl", { class: "facts" });
    parts.settings = make("tbody");
    parts.actions = make("tbody");
    parts.status = make("p", { class: "status", role: "status" });
    parts.lookStatus = make("p", { class: "status", role: "status" });
    parts.tagStatus = make("p", { class: "status", role: "status" });
    parts.found = make("div");
    parts.dialog = this.#dialog();
    const heads = ["Cache", "State", "Answered by", "Near/s", "Hits/s", "Misses/s", "Bypasses/s", "Loads/s", "Load p50", "Load p99", "Rejected", "Near entries", "Codec", "Actions"];
    const root = make("div", {},
      make("header", { class: "head" }, make("div", { class: "grow" }, make("h1", {}, "cached-connection"), parts.where), parts.pill),
      parts.banner,
      parts.tiles,
      make("div", { class: "grid" },
        make("section", { class: "card wide", "aria-label": "Lookups" }, make("div", { class: "bar" }, parts.scope, parts.all), parts.lookups.element),
        make("section", { class: "card slim", "aria-label": "Loads" }, make("div", { class: "bar" }, make("h2", {}, "Load times")), parts.loads.element),
        make("section", { class: "card", "aria-label": "Caches" },
          make("div", { class: "bar" }, make("h2", {}, "Caches"), make("div", {}, parts.filter)),
          make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Table of caches" },
            make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((head, i) => make("th", { scope: "col", class: i > 2 && i < 12 ? "n" : undefined }, head)))), parts.rows)),
          parts.rowsNote, parts.status),
        parts.detail,
        make("section", { class: "card wide", "aria-label": "Redis" },
          make("div", { class: "bar" }, make("h2", {}, "Redis")), parts.redisChart.element,
          make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Table of servers" }, make("table", {}, make("thead", {}, make("tr", {},
            ...["Server", "Lookups", "Writes", "Openings"].map((head) => make("th", { scope: "col" }, head)))), parts.servers)),
          parts.near),
        this.#forms(),
        make("section", { class: "card" }, make("details", { ontoggle: (event) => event.target.open && this.#showSettings() },
          make("summary", {}, "Settings in force"),
          make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Table of settings" }, make("table", {}, make("thead", {}, make("tr", {},
            ...["Setting", "Value", "From"].map((head) => make("th", { scope: "col" }, head)))), parts.settings)))),
        make("section", { class: "card" }, make("details", { open: true }, make("summary", {}, "What was done here"),
          make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Table of actions" }, make("table", {}, make("thead", {}, make("tr", {},
            ...["Time", "Who", "Action", "About", "Outcome"].map((head) => make("th", { scope: "col" }, head)))), parts.actions))))),
      parts.dialog);
    root.hidden = true;
    const reveal = () => {
      root.hidden = false;
    };
    style.addEventListener("load", reveal);
    style.addEventListener("error", reveal);
    this.shadowRoot.append(style, root);
  }

  #forms() {
    const parts = this.#parts;
    parts.cacheOfKey = make("select", { id: "cache-of-key" });
    parts.key = make("input", { type: "text", id: "key", autocomplete: "off", spellcheck: "false", required: true, maxlength: 2000, "aria-describedby": "key-help" });
    const kind = (value, text, checked) => make("label", {}, make("input", { type: "radio", name: "kind", value, checked }), text);
    parts.kinds = make("fieldset", {}, make("legend", { class: "skip" }, "What the text is"), kind("arguments", "text of its arguments", true), kind("whole", "whole Redis key", false));
    parts.lookForm = make("form", { class: "fields", onsubmit: (event) => this.#inspect(event) },
      make("div", {}, make("label", { for: "cache-of-key" }, "Cache"), parts.cacheOfKey),
      make("div", {}, make("label", { for: "key" }, "Key"), parts.key, parts.kinds,
        make("p", { class: "soft small", id: "key-help" }, "As docs/reference/keys.md writes it, such as 42:ACTIVE.")),
      make("div", { class: "buttons" }, make("button", { class: "main" }, "Look up")), parts.lookStatus, parts.found);
    parts.tag = make("input", { type: "text", id: "tag", autocomplete: "off", spellcheck: "false", required: true, maxlength: 2000 });
    parts.tagForm = make("form", { class: "fields", onsubmit: (event) => this.#evictTag(event) },
      make("div", {}, make("label", { for: "tag" }, "Tag"), parts.tag),
      make("div", { class: "buttons" }, make("button", { class: "danger" }, "Evict the tag")), parts.tagStatus);
    return make("section", { class: "card slim", "aria-label": "Look up and evict" },
      make("div", { class: "bar" }, make("h2", {}, "Look a key up")), parts.lookForm,
      make("div", { class: "bar later" }, make("h2", {}, "Evict a tag")), parts.tagForm);
  }

  #dialog() {
    const parts = this.#parts;
    parts.question = make("p");
    parts.questionTitle = make("h2", { id: "question" });
    parts.yes = make("button", { class: "main", value: "yes" }, "Go on");
    return make("dialog", { "aria-labelledby": "question" }, make("form", { method: "dialog" }, parts.questionTitle, parts.question,
      make("div", { class: "buttons" }, parts.yes, make("button", { value: "no" }, "Cancel"))));
  }

  /** Whether the user means it. */
  #confirm(title, text, yes) {
    const parts = this.#parts;
    parts.questionTitle.textContent = title;
    parts.question.textContent = text;
    parts.yes.textContent = yes;
    parts.dialog.returnValue = "no";
    parts.dialog.showModal();
    return new Promise((resolve) => {
      parts.dialog.addEventListener("close", () => resolve(parts.dialog.returnValue === "yes"), { once: true });
    });
  }

  #show() {
    const state = this.#state;
    const parts = this.#parts;
    const lost = state.redis.lostForMillis;
    parts.pill.className = `pill ${lost !== null ? "bad" : state.redis.wasSeen ? "good" : "idle"}`;
    const words = lost !== null ? `Redis does not answer, since ${span(lost)}` : state.redis.wasSeen ? "Redis answers" : "Redis was not seen yet";
    if (parts.pillText.textContent !== words) {
      parts.pillText.textContent = words;
    }
    parts.where.textContent = `${state.application || "/"} · version ${state.version} · Redis at ${state.redis.address} · you are ${state.user}`;
    this.#showTiles();
    this.#showCaches();
    this.#showServers();
    parts.actions.replaceChildren(...(state.actions.length === 0
      ? [make("tr", {}, make("td", { colspan: 5, class: "soft" }, "Nothing yet."))]
      : state.actions.map((each) => make("tr", {}, make("td", {}, clock(each.at)), make("td", {}, each.who), make("td", {}, each.action), make("td", { class: "break" }, each.about), make("td", { class: "break" }, each.outcome)))));
  }

  #showTiles() {
    const state = this.#state;
    const lines = this.#lines.all;
    const recent = {};
    const samples = Math.min(lines.times.length, 5);
    for (const [key, numbers] of Object.entries(lines.numbers)) {
      recent[key] = numbers.slice(-samples).reduce((sum, each) => sum + each, 0) / Math.max(1, samples * lines.stepSeconds);
    }
    const lookups = (recent.near ?? 0) + (recent.hits ?? 0) + (recent.misses ?? 0) + (recent.bypasses ?? 0);
    const answered = lookups === 0 ? null : ((recent.near ?? 0) + (recent.hits ?? 0)) / lookups;
    const tile = (name, value, note) => make("div", { class: "tile" }, make("dt", {}, name), make("dd", {}, value, note ? make("small", {}, ` ${note}`) : null));
    const near = state.near;
    const p99 = (lines.numbers.p99 ?? []).slice(-30).reduce((most, each) => Math.max(most, each), 0);
    const tiles = [
      tile("Lookups", rate(lookups), "/s"),
      tile("Answered by the cache", answered === null ? "–" : `${(100 * answered).toFixed(answered > 0.995 && answered < 1 ? 1 : 0)} %`),
      tile("Loads", rate(recent.loads ?? 0), "/s"),
      tile("Load p99, last minute", micros(p99)),
      tile("Evictions that wait", whole.format(state.pendingEvictions)),
      tile("Near cache vouched for", !near.on ? "off" : near.proofAgeMillis === null || !near.heard ? "not heard" : span(near.proofAgeMillis), near.on && near.heard && near.proofAgeMillis !== null ? "ago" : ""),
    ];
    const lies = state.caches.filter((cache) => cache.lies !== undefined);
    if (lies.length > 0) {
      tiles.push(tile("Lies found", whole.format(lies.reduce((sum, cache) => sum + cache.lies, 0))));
    }
    this.#parts.tiles.replaceChildren(...tiles);
  }

  #showCaches() {
    const state = this.#state;
    const parts = this.#parts;
    // Rows are kept, so that a focus and a click survive a poll.
    const rows = new Map([...parts.rows.children].map((row) => [row.cacheName, row]));
    const wanted = state.caches.map((cache) => {
      const row = rows.get(cache.name) ?? this.#row(cache.name);
      this.#fill(row, cache);
      return row;
    });
    if (wanted.length !== parts.rows.children.length || wanted.some((row, i) => row !== parts.rows.children[i])) {
      parts.rows.replaceChildren(...wanted);
    }
    const hidden = state.cachesMatching - state.caches.length;
    parts.rowsNote.textContent = hidden > 0 ? `The ${state.caches.length} busiest of ${state.cachesMatching} caches. Filter to see others.`
      : state.cachesMatching < state.cachesInAll ? `${state.cachesMatching} of ${state.cachesInAll} caches.` : "";
    const names = state.caches.map((cache) => cache.name);
    const options = [...parts.cacheOfKey.options].map((option) => option.value);
    if (names.join("\n") !== options.join("\n")) {
      const before = parts.cacheOfKey.value;
      parts.cacheOfKey.replaceChildren(...names.map((name) => make("option", { value: name }, name)));
      parts.cacheOfKey.value = names.includes(before) ? before : names[0] ?? "";
    }
  }

  #row(name) {
    const row = make("tr");
    row.cacheName = name;
    row.append(make("th", { scope: "row" }, make("button", { type: "button", class: "link", onclick: () => this.#choose(name) }, name)));
    for (let i = 0; i < 12; i++) {
      row.append(make("td", { class: i > 1 && i < 11 ? "n" : undefined }));
    }
    row.turn = make("button", { type: "button", onclick: () => this.#turn(name) });
    row.append(make("td", {}, make("div", { class: "buttons" }, row.turn,
      make("button", { type: "button", class: "danger", "aria-label": `Evict all of ${name}`, onclick: () => this.#clear(name) }, "Evict all"))));
    return row;
  }

  #fill(row, cache) {
    const cells = [...row.children].slice(1);
    row.classList.toggle("chosen", cache.name === this.#chosen);
    const on = cache.on;
    const state = on ? "on" : cache.switchedOffHere ? "off, here" : "off";
    cells[0].replaceChildren(make("span", { class: `tag ${on ? "good" : cache.leftAlone ? "bad" : "idle"}` }, state),
      cache.leftAlone ? make("span", { class: "small" }, " writes do not evict") : "");
    cells[1].replaceChildren(this.#mix(cache));
    const texts = [rate(cache.rates.near), rate(cache.rates.hits), rate(cache.rates.misses), rate(cache.rates.bypasses), rate(cache.rates.loads),
      micros(cache.loadP50), micros(cache.loadP99), whole.format(cache.rejected), cache.nearOn ? whole.format(cache.nearEntries) : "–"];
    texts.forEach((text, i) => {
      if (cells[i + 2].textContent !== text) {
        cells[i + 2].textContent = text;
      }
    });
    const codec = cache.codec;
    cells[11].textContent = codec === undefined ? "not used yet" : codec.direct ? "direct" : "JSON-B or own";
    cells[11].title = codec === undefined ? "" : `${codec.type}${codec.reason ? `: ${codec.reason}` : ""}`;
    row.turn.textContent = cache.switchedOffHere ? "Switch on" : "Switch off";
    row.turn.setAttribute("aria-label", `${row.turn.textContent} ${cache.name}`);
  }

  #mix(cache) {
    const shares = LOOKUPS.slice(0, 4).map(([key, name]) => [key, name, cache[key]]);
    const sum = shares.reduce((all, [, , count]) => all + count, 0);
    const text = sum === 0 ? "no lookups yet" : shares.map(([, name, count]) => `${name} ${whole.format(count)}`).join(", ");
    const svg = draw("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": text });
    let x = 0;
    for (const [key, , count] of shares) {
      const width = sum === 0 ? 0 : (100 * count) / sum;
      svg.append(draw("rect", { class: `f-${key}`, x, y: 0, width, height: 10 }));
      x += width;
    }
    svg.append(draw("title", {}, text));
    return make("div", { class: "mix" }, svg);
  }

  #showServers() {
    const parts = this.#parts;
    const state = this.#state;
    const cell = (leftAlone, times, pool) => make("td", {}, make("span", { class: `tag ${leftAlone ? "bad" : "good"}` }, leftAlone || "in use"),
      make("div", { class: "small soft" }, `p50 ${micros(times.p50)}, p99 ${micros(times.p99)}`),
      make("div", { class: "small soft" }, pool ? `${pool.used} of ${pool.max} connections busy, ${pool.pending} callers wait` : ""));
    parts.servers.replaceChildren(...(state.redis.servers.length === 0
      ? [make("tr", {}, make("td", { colspan: 4, class: "soft" }, "No server is known yet."))]
      : state.redis.servers.map((server) => make("tr", {},
        make("th", { scope: "row" }, server.port === 0 ? server.address : `${server.address}:${server.port}/${server.database}`),
        cell(server.leftAloneForMillis === null ? "" : `left alone for ${span(server.leftAloneForMillis)}`, server.reads, server.pools.find((pool) => pool.name === "lookups")),
        cell(server.takesWrites ? "" : "left alone", server.writes, server.pools.find((pool) => pool.name === "writes")),
        make("td", { title: "how often the circuit breaker of lookups has opened" }, whole.format(server.openings))))));
    const near = state.near;
    const fact = (name, value) => [make("dt", {}, name), make("dd", {}, value)];
    parts.near.replaceChildren(
      ...fact("Near cache", !near.on ? "off" : near.heard ? `changes are heard; last proof ${near.proofAgeMillis === null ? "–" : `${span(near.proofAgeMillis)} ago`}` : "changes are not heard: nothing is served near"),
      ...fact("Evictions that wait for Redis", whole.format(state.pendingEvictions)));
  }

  #choose(name) {
    this.#chosen = name;
    this.#lines = new LineBuffer();
    const parts = this.#parts;
    parts.scope.textContent = name === null ? "Lookups, all caches" : `Lookups, cache ${name}`;
    parts.all.hidden = name === null;
    parts.detail.hidden = true;
    for (const row of parts.rows.children) {
      row.classList.toggle("chosen", row.cacheName === name);
    }
    this.#busy = false;
    this.#poll();
  }

  #showDetail(cache) {
    if (cache.name !== this.#chosen) {
      return;
    }
    const events = cache.events;
    const fact = (name, value) => [make("dt", {}, name), make("dd", {}, value)];
    const counts = (prefix) => Object.entries(events).filter(([name, count]) => name.startsWith(prefix) && count > 0)
      .flatMap(([name, count]) => fact(name.slice(prefix.length).toLowerCase().replaceAll("_", " "), whole.format(count)));
    const evictions = Object.entries(cache.evictions).filter(([, count]) => count > 0)
      .flatMap(([name, count]) => fact(name.toLowerCase().replace("_", ", "), whole.format(count)));
    const row = this.#state.caches.find((each) => each.name === cache.name);
    const none = (facts) => (facts.length === 0 ? fact("none", "") : facts);
    const block = (title, ...facts) => make("div", {}, make("h3", {}, title), make("dl", { class: "facts" }, ...facts));
    const prefix = `cached-connection.cache.${cache.name}.`;
    const codec = row?.codec;
    this.#parts.detail.hidden = false;
    this.#parts.detail.replaceChildren(make("div", { class: "bar" }, make("h2", {}, `Cache ${cache.name}, since the start`)),
      make("div", { class: "blocks" },
        block("What became of loads", ...none(counts("LOAD_"))),
        block("Lookups that passed the cache by", ...none(counts("BYPASS_"))),
        block("Evictions and puts", ...none(evictions)),
        block("Entries", ...fact("size p50 / p99", cache.sizeP99 ? `${bytes(cache.sizeP50)} / ${bytes(cache.sizeP99)}` : "–"),
          ...fact("waits for this node p99", micros(cache.waitsForNode.p99)), ...fact("waits for other nodes p99", micros(cache.waitsForCluster.p99))),
        block("Codec", ...fact("type", codec?.type ?? "not used yet"), ...fact("written", codec === undefined ? "–" : codec.direct ? "directly" : `not directly: ${codec.reason}`)),
        make("div", { class: "across" }, block("Settings of its own",
          ...none(cache.settings.flatMap((each) => fact(each.key.replace(prefix, ""), `${each.value} (${each.source})`)))))));
  }

  async #showSettings() {
    try {
      const { settings } = await this.#get("settings");
      this.#parts.settings.replaceChildren(...settings.map((each) => make("tr", {}, make("th", { scope: "row", class: "mono" }, each.key.replace("cached-connection.", "")),
        make("td", { class: "break mono" }, each.value), make("td", { class: "break" }, each.source))));
    } catch (error) {
      this.#parts.settings.replaceChildren(make("tr", {}, make("td", { colspan: 3 }, error.message)));
    }
  }

  /** Does something, and says in {@code place} what came of it. */
  async #does(place, action) {
    place.className = "status";
    place.textContent = "…";
    try {
      place.textContent = await action();
    } catch (error) {
      place.className = "status bad";
      place.textContent = error.message;
    }
    this.#poll();
  }

  async #turn(name) {
    const cache = this.#state.caches.find((each) => each.name === name);
    const on = cache.switchedOffHere;
    if (!on && !(await this.#confirm(`Switch ${name} off?`, "On this node every lookup goes to its method until you switch it on again, or the application ends.", "Switch off"))) {
      return;
    }
    await this.#does(this.#parts.status, async () => `${name}: ${(await this.#post("switch", { cache: name, on })).outcome}.`);
  }

  async #clear(name) {
    if (await this.#confirm(`Evict all of ${name}?`, "All of its entries go, on all nodes. The next lookups load.", "Evict all")) {
      await this.#does(this.#parts.status, async () => `${name}: ${(await this.#post("evict", { cache: name, all: true })).outcome}.`);
    }
  }

  async #evictTag(event) {
    event.preventDefault();
    const tag = this.#parts.tag.value;
    if (await this.#confirm("Evict the tag?", `All entries with the tag ${tag} go, on all nodes.`, "Evict")) {
      await this.#does(this.#parts.tagStatus, async () => `Tag: ${(await this.#post("evict", { tag })).outcome}.`);
    }
  }

  #question() {
    const whole = this.#parts.kinds.querySelector("input:checked").value === "whole";
    return { cache: this.#parts.cacheOfKey.value, key: this.#parts.key.value, whole };
  }

  async #inspect(event) {
    event.preventDefault();
    const question = this.#question();
    this.#parts.found.replaceChildren();
    await this.#does(this.#parts.lookStatus, async () => {
      this.#showFound(await this.#post("inspect", question), question);
      return "";
    });
  }

  #showFound(found, question) {
    const fact = (name, value) => [make("dt", {}, name), make("dd", {}, value)];
    const entry = found.foreign ? "something that is no value of this library" : !found.found ? "no entry"
      : found.outdated ? "an entry that an eviction of the whole cache has outdated" : `an entry of ${bytes(found.bytes)}`;
    const facts = [...fact("Cache", found.cache), ...fact("In Redis", entry), ...fact("Redis key", make("code", {}, found.redisKey))];
    if (found.found) {
      facts.push(...fact("Life left", found.lifeMillis === null ? "without end" : span(found.lifeMillis)));
      if (found.tags > 0) {
        facts.push(...fact("Tags", `${found.tags} besides that of its cache; they are not looked at here`));
      }
    }
    facts.push(...fact("Lease", found.leaseMillis === null ? "nobody loads it" : `a load has it for ${span(found.leaseMillis)} more`),
      ...fact("Writes announced", found.writes === 0 ? "none" : `${found.writes}: nothing is stored until they end`),
      ...fact("Last eviction", found.evictedMillis === null ? "none that matters any more" : `${span(found.evictedMillis)} ago`));
    this.#parts.found.replaceChildren(make("dl", { class: "facts" }, ...facts),
      found.value === undefined ? "" : make("pre", { tabindex: 0, "aria-label": "Value" }, found.value),
      make("div", { class: "buttons" }, make("button", { type: "button", class: "danger", onclick: () => this.#does(this.#parts.lookStatus, async () => {
        const { outcome } = await this.#post("evict", question);
        this.#parts.found.replaceChildren();
        return `Eviction: ${outcome}.`;
      }) }, "Evict this key")));
  }
}

customElements.define("cached-connection-console", Console);

/** Puts a console into an element. */
export function mount(element, base) {
  const console = document.createElement("cached-connection-console");
  console.setAttribute("base", base);
  element.append(console);
  return console;
}
