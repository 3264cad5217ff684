// The sandbox's page: shows what the feed tells, and asks the control API to act.
import { t, setLanguage, isChinese } from "./texts.js";
import { h, detail, summary, pill, line, time, isRefused, callName, CALLS } from "./details.js";

const KEPT = 3000;
const SHOWN = 250;
const CARDS = 30;
const CARDS_OF_ALL = 3;
const KINDS = ["all", "REFUSED", "REQUEST", "CONNECTION", "SOCKET", "EVENT", "ACTION"];

const $ = id => document.getElementById(id);
let state = null;
let stateAt = 0;
let entries = [];
let room = null;
let kind = "all";
let opened = null;
let talk = null;
let isLive = null;

// ---- asking and acting

async function ask(path, body) {
  const response = await fetch(path, body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function act(name, body = {}) {
  try {
    return await ask("api/" + name, body);
  } catch (e) {
    toast(e.message);
    return null;
  }
}

let toastTimer;
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

const target = () => room ?? state?.rooms[0]?.id;

// ---- the list of what happens

function fits(entry) {
  if (kind === "REFUSED" ? !isRefused(entry) : kind !== "all" && entry.kind !== kind) return false;
  if (room !== null && entry.room !== null && entry.room !== undefined && entry.room !== room) return false;
  const wanted = $("search").value.trim().toLowerCase();
  return !wanted || (summary(entry) + " " + (entry.room ?? "") + " " + (entry.code ?? "")).toLowerCase().includes(wanted);
}

function row(entry) {
  const element = h("button", { class: "entry" + (entry.number === opened ? " on" : ""), "data-number": entry.number, onclick: () => open(entry.number) },
    h("time", {}, time(entry.at)), h("span", { class: "pill kind " + entry.kind }, t(entry.kind)), ...pill(entry),
    h("span", { class: "what", title: summary(entry) }, summary(entry)));
  if (entry.room && room === null) element.append(h("span", { class: "where" }, String(entry.room)));
  return element;
}

function add(news) {
  entries.push(...news);
  if (entries.length > KEPT) entries = entries.slice(-KEPT);
  if (!$("pause").checked) {
    $("journal").prepend(...news.filter(fits).slice(-SHOWN).reverse().map(row));
    while ($("journal").childElementCount > SHOWN) $("journal").lastElementChild.remove();
  }
}

function redrawJournal() {
  $("journal").replaceChildren(...entries.filter(fits).slice(-SHOWN).reverse().map(row));
}

async function open(number) {
  opened = opened === number ? null : number;
  for (const element of $("journal").children) element.classList.toggle("on", Number(element.dataset.number) === opened);
  $("detail").hidden = opened === null;
  if (opened === null) return;
  try {
    $("detail").replaceChildren(...detail(await ask("api/entry?number=" + number)));
  } catch (e) {
    $("detail").replaceChildren(t("gone"));
  }
}

// ---- rooms and connections

/** Makes the children of an element those of a list, keeping the elements that are there. */
function sync(parent, items, keyOf, make, update) {
  const before = parent.made ?? new Map();
  const after = new Map();
  let next = parent.firstElementChild;
  for (const item of items) {
    const element = before.get(keyOf(item)) ?? make(item);
    update(element, item);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
    after.set(keyOf(item), element);
  }
  for (const [key, element] of before) if (!after.has(key)) element.remove();
  parent.made = after;
}

function allRooms() {
  const rooms = new Map(state.rooms.map(each => [each.id, { ...each, connections: 0, listening: 0 }]));
  const of = id => rooms.get(id) ?? rooms.set(id, { id, token: true, connections: 0, listening: 0 }).get(id);
  state.connections.filter(each => each.state === "ALIVE").forEach(each => of(each.room).connections++);
  state.sockets.filter(each => each.state === "AUTHENTICATED").forEach(each => of(each.room).listening++);
  return [...rooms.values()];
}

function drawRooms() {
  const wanted = $("room-search").value.trim();
  const rooms = allRooms();
  const listening = rooms.filter(each => each.listening).length;
  $("room-count").textContent = `${listening} / ${rooms.length}`;
  const shown = [{ id: null }, ...rooms.filter(each => String(each.id).includes(wanted))];
  sync($("rooms"), shown, each => each.id,
    each => h("button", { class: "room", "data-room": each.id, onclick: () => choose(each.id) }, h("span", { class: "dot" }), h("span", {}), h("span", { class: "count" })),
    (element, each) => {
      element.classList.toggle("on", each.id === room);
      const isLive = each.id === null ? listening > 0 : each.listening > 0;
      element.children[0].className = "dot" + (isLive ? " live" : each.connections ? " half" : "");
      element.children[1].textContent = each.id === null ? t("allRooms") : each.id;
      element.children[2].textContent = each.id === null ? "" : each.token === false ? t("noToken") : each.connections || "";
    });
}

function choose(id) {
  room = id;
  draw();
  redrawJournal();
}

function span(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  return seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
}

function keeper(each, passed) {
  if (each.timeToLive === null) return t("unkept");
  if (each.keptBy === null) return t("keptNobody");
  const agent = each.keptBy === "" ? t("noAgent") : each.keptBy;
  return t(each.batch > 1 ? "keptByBatch" : "keptBy", agent, each.beats, span(each.lastBeat + passed), each.batch);
}

function makeCard() {
  const card = h("div", { class: "card" },
    h("div", { class: "row" }, h("code", {}), h("span", { class: "pill" })),
    h("div", { class: "life" }, h("i")),
    h("div", { class: "small quiet" }),
    h("div", { class: "row small" }, h("span"), h("span", { class: "buttons" },
      h("button", { class: "danger", onclick: () => act("expire", { connId: card.item.connId }) }), h("button", { class: "danger", onclick: () => act("end", { connId: card.item.connId }) }))),
    h("div", { class: "sockets" }));
  return card;
}

function drawCard(card, each) {
  card.item = each;
  const passed = Date.now() - stateAt;
  const isAlive = each.state === "ALIVE";
  const left = each.timeToLive === null ? null : each.timeToLive - each.lastBeat - passed;
  const [head, life, kept, foot, sockets] = card.children;
  card.classList.toggle("dead", !isAlive);
  head.children[0].textContent = each.connId.slice(0, 13) + "…";
  head.children[0].title = each.connId;
  head.children[1].textContent = (isAlive ? t("alive") : t(each.state)) + (each.api === "IDENTITY_CODE" ? " · " + t("byCode") : "");
  head.children[1].className = "pill " + (isAlive ? "good" : "");
  life.hidden = !isAlive || left === null;
  life.firstElementChild.style.width = left === null ? "0" : Math.max(0, 100 * left / each.timeToLive) + "%";
  life.firstElementChild.className = left !== null && left < each.timeToLive / 5 ? "low" : "";
  kept.hidden = !isAlive;
  kept.textContent = keeper(each, passed);
  foot.hidden = !isAlive;
  foot.children[0].textContent = (room === null ? each.room + " · " : "") + t("age", span(each.age + passed)) + (left === null ? "" : " · " + t("dies", span(left)));
  foot.children[1].children[0].textContent = t("expire");
  foot.children[1].children[1].textContent = t("end");
  sync(sockets, state.sockets.filter(socket => socket.connId === each.connId && socket.state !== "CLOSED"), socket => socket.socket,
    socket => h("div", { class: "row small" }, h("span"), h("span", { class: "buttons" },
      h("button", { class: "danger cut", onclick: () => act("cut", { socket: socket.socket }) }), h("button", { class: "danger", onclick: () => act("silence", { socket: socket.socket }) }))),
    (element, socket) => {
      element.children[0].textContent = t("socketLine", socket.socket, t(socket.state), socket.events, socket.heartbeats);
      element.children[1].children[0].textContent = t("cut");
      element.children[1].children[1].textContent = t("silence");
    });
}

function drawConnections() {
  const ofRoom = state.connections.filter(each => room === null || each.room === room);
  const alive = ofRoom.filter(each => each.state === "ALIVE");
  const dead = ofRoom.filter(each => each.state !== "ALIVE").slice(-3).reverse();
  const most = room === null ? CARDS_OF_ALL : CARDS;
  const shown = [...alive.slice(0, most), ...dead];
  $("connection-count").textContent = alive.length;
  $("more").hidden = alive.length > 0 && alive.length <= most;
  $("more").textContent = alive.length ? t("more", alive.length - most) : t("none");
  sync($("connections"), shown, each => each.connId, makeCard, drawCard);
}

// ---- the rest of the page

function draw() {
  if (!state) return;
  $("base").textContent = state.baseUrl;
  $("off").hidden = state.clockOffset === 0;
  $("off").textContent = t("clockOff", state.clockOffset / 1000);
  $("say-room").textContent = t("room", target());
  drawRooms();
  drawConnections();
  sync($("planned"), state.faults.map((fault, i) => ({ ...fault, i })), fault => fault.i, () => h("p", { class: "small" }),
    (element, fault) => {
      const what = `${fault.fault}, ${fault.where === "SOCKET" ? t("SOCKET") : callName(fault.where)}`;
      element.textContent = fault.left === null ? t("forever", what) : t("left", what, fault.left);
    });
}

function choices(parent, list, isOn, onChoose) {
  parent.replaceChildren(...list.map(([value, text]) => h("button", { type: "button", class: isOn(value) ? "on" : "", "data-value": value, onclick: () => onChoose(value) }, text)));
}

function drawTexts() {
  document.querySelectorAll("[data-t]").forEach(element => { element.textContent = t(element.dataset.t); });
  document.querySelectorAll("[data-p]").forEach(element => { element.placeholder = t(element.dataset.p); });
  $("language").textContent = isChinese() ? "English" : "中文";
  $("gift").value ||= t("giftName");
  drawChoices();
  if (isLive !== null) status(isLive);
  const call = $("call").value || "ANY";
  $("call").replaceChildren(...["ANY", ...CALLS].map(each => h("option", { value: each }, callName(each))));
  $("call").value = call;
  const times = $("times").value || "1";
  $("times").replaceChildren(...[1, 3, 10, 0].map(each => h("option", { value: each }, each ? t("next", each) : t("always"))));
  $("times").value = times;
  const faults = [[{ fault: "slow", millis: 3000 }, t("slow")], [{ fault: "code", code: 7010 }, "7010"], [{ fault: "code", code: 4009 }, "4009"], [{ fault: "html" }, "HTML 502"], [{ fault: "500" }, "HTTP 500"], [{ fault: "hang" }, t("hang")], [{ fault: "reset" }, t("reset")]];
  $("faults").replaceChildren(
    ...faults.map(([fault, text]) => h("button", { "data-fault": fault.code ?? fault.fault, onclick: () => act("fault", { ...fault, count: Number($("times").value), call: $("call").value }) }, text)),
    h("button", { id: "clear-faults", onclick: () => act("clearFaults") }, t("clear")));
  $("clock").replaceChildren(h("span", { class: "small quiet" }, t("clockIs")),
    ...[-900, -60, 0, 60, 900].map(seconds => h("button", { onclick: () => act("clock", { seconds }) }, seconds ? (seconds > 0 ? "+" : "") + seconds / 60 + " min" : t("right"))));
  draw();
  redrawJournal();
  if (opened !== null) {
    const number = opened;
    opened = null;
    open(number);
  }
}

function drawChoices() {
  choices($("filters"), KINDS.map(each => [each, t(each)]), each => each === kind, each => { kind = each; drawChoices(); redrawJournal(); });
  choices($("talk"), [[0, t("off")], [1000, t("every", 1)], [5000, t("every", 5)]], each => each === talk, async each => { if (await act("chat", { millis: each })) { talk = each; drawChoices(); } });
}

function show(title, text, body) {
  $("dialog-title").textContent = title;
  $("dialog-text").textContent = text;
  $("dialog-body").value = body;
  $("dialog").showModal();
}

async function showConnect() {
  const of = await ask("api/credentials?room=" + target());
  const values = { BASE_URL: of.baseUrl, CLIENT_ID: of.clientId, APP_SECRET: of.appSecret, ACCESS_TOKEN: of.accessToken };
  const lines = Object.entries(values).filter(each => each[1]).map(([name, value]) => `export BILILIVE_${name}=${value}`);
  if (of.identityCode) lines.push("", `# ${t("byCode")}`, `export BILILIVE_IDENTITY_CODE=${of.identityCode}`, `export BILILIVE_APP_ID=${of.appId}`);
  lines.push("", "# OAuth", `${of.baseUrl}pc/account-pc/auth/oauth?client_id=${of.clientId}&gourl=http%3A%2F%2F127.0.0.1%3A9000%2Fcb&state=random`);
  show(`${t("howToConnect")} · ${t("room", target())}`, t("connectText"), lines.join("\n"));
}

function showReport() {
  const lines = entries.filter(fits).slice(-SHOWN).map(line);
  const parts = [`bililive sandbox, ${new Date().toISOString()}`, "", ...lines];
  if (opened !== null) parts.push("", $("detail").innerText);
  show(t("bugReport"), t("reportText"), parts.join("\n"));
}

function on(id, event, action) {
  $(id).addEventListener(event, e => { if (event === "submit") e.preventDefault(); action(e); });
}

on("language", "click", () => { const code = isChinese() ? "en" : "zh"; localStorage.setItem("language", code); setLanguage(code); drawTexts(); });
on("connect", "click", () => showConnect().catch(e => toast(e.message)));
on("report", "click", showReport);
on("dialog-close", "click", () => $("dialog").close());
on("dialog-copy", "click", () => { $("dialog-body").select(); navigator.clipboard.writeText($("dialog-body").value).then(() => toast(t("copied")), e => toast(e.message)); });
on("search", "input", redrawJournal);
on("room-search", "input", () => state && drawRooms());
on("pause", "change", redrawJournal);
on("say", "submit", async () => { if (await act("danmaku", { room: target(), text: $("danmaku").value })) $("danmaku").value = ""; });
on("give", "submit", () => act("gift", { room: target(), name: $("gift").value, count: Number($("gift-count").value) }));
on("raw", "submit", () => act("event", { room: target(), json: $("json").value }));
on("revoke", "click", () => act("revoke", { room: target() }));
on("grant", "click", async () => { if (await act("grant", { room: target() })) showConnect(); });
$("json").value = '{"cmd":"OPEN_LIVEROOM_LIKE","data":{"room_id":0,"uname":"sample user","like_count":"12","msg_id":"any-1"}}';

// ---- the feed

function connect() {
  const feed = new WebSocket(`ws://${location.host}/sandbox/feed`);
  feed.onmessage = message => {
    const news = JSON.parse(message.data);
    if (news.type === "state") {
      state = news;
      stateAt = Date.now();
      draw();
    } else if (news.type === "hello") {
      entries = news.entries;
      redrawJournal();
      status(true);
    } else {
      add(news.entries);
    }
  };
  feed.onclose = () => { status(false); setTimeout(connect, 1000); };
}

function status(now) {
  isLive = now;
  $("link").textContent = t(isLive ? "live" : "lost");
  $("link").className = "pill " + (isLive ? "good" : "bad");
}

const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("language") ?? navigator.language;
setLanguage(asked.startsWith("zh") ? "zh" : "en");
drawTexts();
connect();
setInterval(() => state && drawConnections(), 1000);
