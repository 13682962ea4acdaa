// The sample's page. What the application sends becomes text, never HTML.

const USERS = { Ada: "a0000000-0000-4000-8000-000000000001", Ben: "b0000000-0000-4000-8000-000000000002" };
const TRAFFIC_MILLIS = 50;
const WATCH_MILLIS = 250;
const WATCH_END_MILLIS = 120_000;
const MOST_IN_FLIGHT = 10;
const LOG_ROWS = 10;
const LINE_SECONDS = 60;

const element = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");

/** Connections by id: the row, and the alias that the cache cannot know of after a write behind its back. */
const connections = new Map();

function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function say(id, text, bad = false) {
  element(id).classList.toggle("bad", bad);
  element(id).textContent = text;
}

/** Does something, and says below the buttons concerned what went wrong. */
async function run(statusId, action) {
  try {
    await action();
  } catch (error) {
    say(statusId, error instanceof TypeError ? "The application does not answer." : error.message, true);
  }
}

async function request(path, method = "GET", body = {}) {
  const post = { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, method === "GET" ? {} : post);
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error ?? `The application answers ${response.status}.`);
  }
  return { answer, headers: response.headers };
}

const millis = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const words = (source) => ({ near: "near cache", redis: "Redis", database: "database" })[source] ?? source;
const sourceTag = (source) => make("span", { class: `tag ${source}` }, words(source));

// Lookups, the log and the line

/** Looks up {@code path}, and keeps where the answer came from and how long that took. */
async function lookUp(path, what) {
  const begin = performance.now();
  const { answer, headers } = await request(path);
  const timing = /dur=([0-9.]+)/.exec(headers.get("Server-Timing") ?? "");
  const lookup = {
    what, answer, begin,
    source: headers.get("X-Cache") ?? "nowhere",
    millis: timing ? Number(timing[1]) : performance.now() - begin,
  };
  lookup.old = isOld(lookup);
  line.add(lookup);
  log.add(lookup);
  return lookup;
}

async function lookUpConnection(id) {
  const lookup = await lookUp(`api/connections/${encodeURIComponent(id)}`, nameOf(id));
  const connection = connections.get(lookup.answer.id);
  if (connection) {
    connection.show(lookup);
    connection.behind?.saw(lookup);
  }
  return lookup;
}

function nameOf(id) {
  return connections.get(id)?.provider ?? id;
}

/** Whether a lookup that began after a write behind the cache's back has returned the alias from before it. */
function isOld({ answer, begin }) {
  const behind = connections.get(answer?.id)?.behind;
  return Boolean(behind) && begin > behind.at && answer.alias !== behind.now && answer.alias === behind.before;
}

/** The last lookups, drawn once for each frame. */
const log = {
  lookups: [],
  waits: false,
  add(lookup) {
    this.lookups.unshift({ ...lookup, time: new Date().toLocaleTimeString([], { hour12: false }) });
    this.lookups.length = Math.min(this.lookups.length, LOG_ROWS);
    if (!this.waits) {
      this.waits = true;
      requestAnimationFrame(() => {
        this.waits = false;
        element("log").replaceChildren(...this.lookups.map((each) => make("tr", {}, make("td", {}, each.time),
          make("td", { class: "wide" }, each.what),
          make("td", {}, sourceTag(each.source), each.old ? " " : "", each.old ? make("span", { class: "tag old" }, "old") : ""),
          make("td", { class: "n" }, millis(each.millis)))));
      });
    }
  },
};

/** Lookups in each of the last sixty seconds. */
const line = {
  seconds: [],
  add({ source, millis: time }) {
    const now = Math.floor(Date.now() / 1000);
    let last = this.seconds.at(-1);
    if (last?.second !== now) {
      last = { second: now, redis: 0, database: 0, times: [] };
      this.seconds.push(last);
    }
    last[source === "database" ? "database" : "redis"]++;
    last.times.push(time);
  },
  draw() {
    const now = Math.floor(Date.now() / 1000);
    this.seconds = this.seconds.filter((each) => each.second >= now - LINE_SECONDS);
    const bySecond = new Map(this.seconds.map((each) => [each.second, each]));
    const most = Math.max(10, ...this.seconds.map((each) => Math.max(each.redis, each.database)));
    const path = (source) => Array.from({ length: LINE_SECONDS }, (_, i) => {
      const count = bySecond.get(now - LINE_SECONDS + i)?.[source] ?? 0;
      return `${i === 0 ? "M" : "L"}${((600 * i) / (LINE_SECONDS - 1)).toFixed(1)} ${(58 - (55 * count) / most).toFixed(1)}`;
    }).join("");
    for (const path of element("line").querySelectorAll("path")) {
      path.remove();
    }
    for (const source of ["redis", "database"]) {
      const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
      drawn.setAttribute("class", source);
      drawn.setAttribute("d", path(source));
      element("line").append(drawn);
    }
    const last = bySecond.get(now - 1);
    element("from-redis").textContent = `${number.format(last?.redis ?? 0)}/s`;
    element("from-database").textContent = `${number.format(last?.database ?? 0)}/s`;
    element("median").textContent = last ? `${millis(share(last.times, 0.5))} ms` : "–";
    element("line").setAttribute("aria-label",
      `Lookups of the last minute. Now ${last?.redis ?? 0} a second from Redis, ${last?.database ?? 0} from the database.`);
  },
};

/** The value below which this share of the numbers lies. */
function share(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

// Traffic

const traffic = { inFlight: 0, timer: null };

function anyId() {
  const ids = [...connections.keys()];
  return ids[Math.floor(Math.random() * ids.length)];
}

async function oneOfTraffic() {
  if (traffic.inFlight >= MOST_IN_FLIGHT || connections.size === 0 || document.hidden) {
    return;
  }
  traffic.inFlight++;
  try {
    await lookUpConnection(anyId());
    if (element("traffic-status").classList.contains("bad")) {
      say("traffic-status", "");
    }
  } catch (error) {
    say("traffic-status", error instanceof TypeError ? "The application does not answer." : error.message, true);
  } finally {
    traffic.inFlight--;
  }
}

function switchTraffic() {
  clearInterval(traffic.timer);
  traffic.timer = element("traffic").checked ? setInterval(oneOfTraffic, TRAFFIC_MILLIS) : null;
}

async function lookUpThousand() {
  const all = 1000;
  const button = element("thousand");
  button.disabled = true;
  say("traffic-status", `Looking up ${number.format(all)} times …`);
  const begin = performance.now();
  const lookups = [];
  let begun = 0;
  try {
    await Promise.all(Array.from({ length: 6 }, async () => {
      while (begun < all) {
        begun++;
        lookups.push(await lookUpConnection(anyId()));
      }
    }));
  } finally {
    begun = all; // one has failed: the others end
    button.disabled = false;
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const loads = lookups.filter((each) => each.source === "database").length;
  const times = lookups.map((each) => each.millis);
  say("traffic-status", `${number.format(all)} lookups in ${seconds} s: ${number.format(all - loads)} from Redis, ${number.format(loads)}`
    + ` from the database. In the application half took up to ${millis(share(times, 0.5))} ms, 99\u00a0% up to ${millis(share(times, 0.99))} ms.`);
}

// Connections

/** One connection: its row in the table, kept so that the focus stays where it is. */
class Connection {
  constructor(json) {
    this.id = json.id;
    this.provider = json.provider_slug;
    this.button = make("button", { type: "button", class: "link", "aria-label": `Look up ${json.provider_slug}` }, json.provider_slug);
    this.button.addEventListener("click", () => run("verdict", () => lookUpAndTell(this.id)));
    this.alias = make("span", { class: "alias" });
    this.status = make("td");
    this.refreshed = make("td");
    this.last = make("td", {}, "–");
    this.row = make("tr", {}, make("th", { scope: "row", class: "wide" }, this.button, this.alias), this.status, this.refreshed, this.last);
    this.fill(json);
  }

  fill(json) {
    const refreshed = json.last_sync_at ?? json.connected_at;
    this.json = json;
    this.alias.textContent = json.alias ?? "";
    this.alias.title = json.alias ?? "";
    this.status.textContent = json.status;
    this.refreshed.textContent = refreshed === null ? "never" : new Date(refreshed).toLocaleTimeString([], { hour12: false, timeStyle: "short" });
  }

  show({ answer, source, millis: time, old }) {
    this.fill(answer);
    this.last.replaceChildren(sourceTag(source), ` ${millis(time)}`, ...(old ? [" ", make("span", { class: "tag old" }, "old")] : []));
  }
}

async function lookUpAndTell(id) {
  say("verdict", "");
  const lookup = await lookUpConnection(id);
  say("verdict", `${lookup.what}: from ${lookup.source === "redis" ? "Redis" : `the ${words(lookup.source)}`} in ${millis(lookup.millis)} ms.`
    + (lookup.old ? " This is old." : ""));
  element("answer").textContent = JSON.stringify(lookup.answer, null, 2);
  element("answer-box").hidden = false;
  if (connections.has(lookup.answer.id)) {
    element("of").value = lookup.answer.id;
    element("alias").value = lookup.answer.alias ?? "";
  }
}

async function showConnections() {
  for (const [user, id] of Object.entries(USERS)) {
    const { answer } = await lookUp(`api/users/${id}/connections`, `all of ${user}`);
    for (const json of answer) {
      const connection = new Connection(json);
      connections.set(connection.id, connection);
      element("connections").append(connection.row);
      element("of").append(make("option", { value: connection.id }, connection.provider));
    }
  }
  chooseConnection();
}

// Changes

function chooseConnection() {
  element("alias").value = connections.get(element("of").value)?.json.alias ?? "";
}

/** What the form says: which connection, and its alias; an empty one is none. */
function wanted() {
  const alias = element("alias").value;
  return [element("of").value, { alias: alias === "" ? null : alias }];
}

async function save() {
  const [id, body] = wanted();
  const { answer } = await request(`api/connections/${id}`, "PUT", body);
  connections.get(id).behind?.end();
  connections.get(id).fill(answer);
  say("change-status", `Saved. The entry is evicted: the next lookup of ${nameOf(id)} asks the database.`);
}

async function writeBehind() {
  const [id, body] = wanted();
  const connection = connections.get(id);
  // So that there is an entry for the write to make old.
  await lookUpConnection(id);
  const before = (await lookUpConnection(id)).answer.alias;
  if (before === body.alias) {
    throw new Error("Type another alias first: the database already has this one.");
  }
  const { answer } = await request(`api/connections/${id}/behind`, "POST", body);
  connection.behind?.end();
  connection.behind = new Behind(connection, before, answer.alias);
  say("change-status", `Written. This page looks ${connection.provider} up four times a second to see how long the old alias lasts.`);
}

/** A write behind the cache's back, and what lookups have returned since. */
class Behind {
  constructor(connection, before, now) {
    Object.assign(this, { connection, before, now, at: performance.now(), lookups: 0 });
    this.timer = setInterval(() => this.look(), WATCH_MILLIS);
    this.tell(false);
  }

  async look() {
    if (performance.now() - this.at > WATCH_END_MILLIS) {
      clearInterval(this.timer);
    } else if (!document.hidden) {
      await run("change-status", () => lookUpConnection(this.connection.id));
    }
  }

  /** Counts old answers; the first that is not old ends the story. */
  saw({ begin, old, answer }) {
    if (begin <= this.at || this.connection.behind !== this) {
      return;
    }
    if (old) {
      this.lookups++;
      this.tell(false);
    } else if (answer.alias === this.now) {
      this.end();
      this.tell(true);
    }
  }

  end() {
    clearInterval(this.timer);
    this.connection.behind = null;
    element("old").hidden = true;
    say("change-status", "");
  }

  tell(done) {
    const seconds = Math.round((performance.now() - this.at) / 1000);
    const old = `${number.format(this.lookups)} old ${this.lookups === 1 ? "answer" : "answers"}`;
    element("old").hidden = false;
    element("old").classList.toggle("done", done);
    element("old").textContent = done
      ? `The entry is gone after ${seconds} s and ${old}. ${this.connection.provider} has its new alias.`
      : `${old} for ${seconds} s: lookups say ${quoted(this.before)}, the database ${quoted(this.now)}.`;
  }
}

const quoted = (alias) => (alias === null ? "no alias" : `“${alias}”`);

// Lists

async function lookUpList(button) {
  const user = element("user").selectedOptions[0].textContent;
  const what = `${button.textContent.toLowerCase()} of ${user}`;
  const { answer, source, millis: time } = await lookUp(`api/users/${element("user").value}/${button.dataset.path}`, what);
  const found = Array.isArray(answer) ? answer.map((each) => each.alias ?? each.provider_slug).join(", ") || "none" : number.format(answer.count);
  say("lists-status", `From ${source === "redis" ? "Redis" : `the ${words(source)}`} in ${millis(time)} ms: ${found}.`);
}

// Redis and the console

const redis = { running: null };

async function showRedis() {
  showRedisState((await request("api/redis")).answer);
}

function showRedisState({ own, running, address }) {
  redis.running = running;
  element("redis-state").textContent = `Redis ${running ? "runs" : running === false ? "is stopped" : "is"} at ${address}.`;
  element("redis-button").textContent = running === false ? "Start Redis" : "Stop Redis";
  element("redis-button").disabled = !own;
  if (!own) {
    element("redis-help").textContent = "It is not the sample's own, so it cannot be stopped here.";
  }
}

async function turnRedis() {
  const stops = redis.running;
  element("redis-button").disabled = true;
  say("redis-status", stops ? "Stopping …" : "Starting …");
  try {
    showRedisState((await request(`api/redis/${stops ? "stop" : "start"}`, "POST")).answer);
    say("redis-status", stops ? "Stopped: the next lookups come from the database." : "Started, and empty. The first lookups fill it.");
  } finally {
    element("redis-button").disabled = false;
  }
}

/** Where the console is on, it stands beside the connections. */
async function showConsole() {
  const base = new URL("cached-connection", document.baseURI).href;
  try {
    const { mount } = await import(`${base}/console.js`);
    element("console").replaceChildren();
    mount(element("console"), base);
  } catch {
    element("console").replaceChildren(make("p", { class: "soft" }, "The console is off here: cached-connection.console.enabled switches it on."));
  }
}

/** Says beside the button whether something will find the write. */
async function showVerification() {
  const setting = (answer) => answer.settings.find((each) => each.key.endsWith("verify.sample"))?.value;
  let sample = 0;
  try {
    const own = setting((await request("cached-connection/api/cache?name=provider-connection")).answer);
    sample = Number(own ?? setting((await request("cached-connection/api/settings")).answer) ?? 0);
  } catch {
    // Without the console the page does not know.
  }
  element("verification").textContent = sample > 0
    ? `Verification compares ${+(100 * sample).toPrecision(3)}\u00a0% of the hits with the database: ten seconds after it saw a difference it counts a lie and removes the entry.`
    : "Verification (cached-connection.verify.sample) is off here, so they do until the entry ends.";
}

element("lookup").addEventListener("submit", (event) => {
  event.preventDefault();
  run("verdict", () => lookUpAndTell(element("id").value.trim()));
});
element("traffic").addEventListener("change", switchTraffic);
element("thousand").addEventListener("click", () => run("traffic-status", lookUpThousand));
element("of").addEventListener("change", chooseConnection);
element("change").addEventListener("submit", (event) => {
  event.preventDefault();
  run("change-status", save);
});
element("behind").addEventListener("click", () => run("change-status", writeBehind));
element("redis-button").addEventListener("click", () => run("redis-status", turnRedis));
element("lists").addEventListener("click", (event) => {
  if (event.target instanceof HTMLButtonElement) {
    run("lists-status", () => lookUpList(event.target));
  }
});

line.draw();
setInterval(() => line.draw(), 1000);
document.addEventListener("visibilitychange", () => document.hidden || run("redis-status", showRedis));
run("verdict", showConnections);
run("redis-status", showRedis);
showConsole();
showVerification();
