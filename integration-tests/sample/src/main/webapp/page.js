"use strict";

const users = ["a0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"];
const element = (id) => document.getElementById(id);

/** A table row; a cell that is a node stays one, everything else becomes text. */
function row(cells) {
  const tr = document.createElement("tr");
  for (const cell of cells) {
    const td = document.createElement("td");
    td.append(cell instanceof Node ? cell : String(cell ?? "–"));
    tr.append(td);
  }
  return tr;
}

async function lookUp(id) {
  const begin = performance.now();
  const response = await fetch("api/connections/" + encodeURIComponent(id));
  const answer = await response.json();
  const time = (performance.now() - begin).toFixed(1);
  const source = response.headers.get("X-Cache") ?? "nowhere";
  element("verdict").textContent = response.ok ? `From ${source} in ${time} ms.` : answer.error;
  element("answer").textContent = JSON.stringify(answer, null, 2);
  element("answer").hidden = false;
  element("history").prepend(row([id, response.status, source, time]));
  await showCounters();
}

async function showCounters() {
  const { redis, caches, database_loads: loads } = await (await fetch("api/cache")).json();
  element("redis").textContent = redis;
  element("counters").replaceChildren(
    ...Object.entries(caches).map(([name, c]) =>
      row([name, c.hits, c.misses, c.stores, c.undecodable, c.failures, loads[name] ?? 0])),
  );
}

async function showSeeded() {
  for (const user of users) {
    const connections = await (await fetch(`api/users/${user}/connections`)).json();
    element("seeded").append(...connections.map((c) => row([c.provider_slug, c.alias, c.status, button(c)])));
  }
}

function button(connection) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = connection.id;
  button.setAttribute("aria-label", `Look up ${connection.provider_slug}, ${connection.id}`);
  button.addEventListener("click", () => run(() => {
    element("id").value = connection.id;
    return lookUp(connection.id);
  }));
  return button;
}

/** Whatever goes wrong is told on the page. */
async function run(action) {
  try {
    await action();
  } catch (error) {
    element("verdict").textContent = `The application does not answer: ${error.message}`;
  }
}

element("lookup").addEventListener("submit", (event) => {
  event.preventDefault();
  run(() => lookUp(element("id").value.trim()));
});
run(async () => {
  await showSeeded();
  await showCounters();
});
