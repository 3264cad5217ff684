// What an entry says: its line in the list, and all that is known of it when it is opened.
import { t, fill, has, meaning, isChinese } from "./texts.js";

export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const PATHS = {
  START: "ws-start", HEARTBEAT: "ws-heartbeat", BATCH_HEARTBEAT: "ws-batch-heartbeat", ACCOUNT_INFO: "account/info",
  ACCOUNT_SCOPES: "account/scopes", ROOM_INFO: "room/info", TOKEN: "oauth2/token", REFRESH_TOKEN: "oauth2/refresh_token",
  AUTHORISATION: "oauth page", MOBILE_AUTHORISATION: "oauth page", APP_START: "app/start", APP_HEARTBEAT: "app/heartbeat",
  APP_BATCH_HEARTBEAT: "app/batchHeartbeat", APP_END: "app/end", SOCKET: "sub (WebSocket)", UNKNOWN: "?",
};
export const CALLS = Object.keys(PATHS).filter(call => !/AUTHORISATION|UNKNOWN/.test(call));
export const callName = call => PATHS[call] ?? t(call);

export const isRefused = entry => entry.kind === "REQUEST" ? entry.code !== 0 && entry.code !== null
  : entry.what === "refused" || entry.what === "error";

export const time = at => new Date(at).toTimeString().slice(0, 8) + "." + String(at % 1000).padStart(3, "0");

export function summary(entry) {
  switch (entry.kind) {
    case "REQUEST": {
      const ids = entry.ids > 1 ? ` (${entry.ids} ids)` : "";
      const said = entry.code ? `: ${isChinese() && meaning(entry.code) ? meaning(entry.code) + " — " : ""}${entry.message}` : "";
      return (entry.path ?? callName(entry.call)) + ids + said;
    }
    case "CONNECTION": return `${t(entry.what)} ${entry.connId}`;
    case "SOCKET": return `#${entry.socket} ${t(entry.what)}${entry.text ? ": " + entry.text : ""}`;
    case "EVENT": {
      const fate = t(entry.fate === "EXPIRED" ? "FATE_EXPIRED" : entry.fate, entry.socket);
      return `${(entry.cmd ?? "?").replace(/^(OPEN_LIVEROOM|LIVE_OPEN_PLATFORM)_/, "")} ${entry.said ?? ""} → ${fate}`;
    }
    default: return fill("act_" + entry.what, { ...entry, call: callName(entry.call) });
  }
}

export function pill(entry) {
  const parts = [];
  if (entry.kind === "REQUEST" && entry.code !== null) {
    parts.push(h("span", { class: "pill " + (entry.code ? "bad" : "good") }, String(entry.code)));
  }
  if (entry.kind === "REQUEST" && entry.fault) parts.push(h("span", { class: "pill warn" }, entry.fault));
  if (entry.kind === "EVENT" && entry.fate !== "SENT") parts.push(h("span", { class: "pill warn" }, entry.fate.toLowerCase()));
  return parts;
}

function problem(row) {
  if (!isChinese()) return row.problem;
  if (row.sent.length === 0 || row.sent[0] === "") return t("missing");
  if (row.sent.length > 1) return t("repeated", row.sent.length);
  return has("h_" + row.name) ? t("h_" + row.name) : `${t("wrong")}：${t("expected")} ${row.expected}`;
}

function headers(entry) {
  const rows = entry.detail.checked.map(row => h("tr", { class: row.problem ? "bad" : "" },
    h("td", { class: "mono name" }, row.name),
    h("td", { class: "mono" }, row.sent.join(" | ") || "—"),
    h("td", { class: "mono" }, row.expected),
    h("td", {}, row.problem ? "✗ " + problem(row) : "✓ " + t("ok"))));
  if (rows.length && !entry.detail.checked.some(row => row.name === "access-token")) {
    const sent = entry.detail.others.find(other => other.name.toLowerCase() === "access-token");
    if (sent) rows.push(h("tr", {}, h("td", { class: "mono" }, "access-token"), h("td", { class: "mono" }, sent.sent), h("td"), h("td", { class: "quiet" }, t("notReached"))));
  }
  if (!rows.length) return null;
  const head = ["header", "sent", "expected", "verdict"].map(key => h("th", {}, t(key)));
  return h("table", { id: "verdicts" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
}

/** Shows a text with its line ends, and marks the lines that the other text lacks. */
function lines(text, other) {
  const otherLines = new Set((other ?? text).split("\n"));
  const split = text.split("\n");
  return h("pre", {}, ...split.flatMap((line, i) => [
    h("span", { class: otherLines.has(line) ? "" : "differs" }, line.replace(/\r/g, "␍")),
    i < split.length - 1 ? h("span", { class: "sign" + (i === split.length - 2 && split[i + 1] === "" ? " differs" : "") }, "⏎\n") : null]));
}

function mistake(name) {
  const [kind, what] = name.split(/:(.*)/);
  return t("m_" + kind, kind === "key" ? t("k_" + what) : what);
}

function signature(detail) {
  if (!detail.expectedText) return [];
  const row = detail.checked.find(checked => checked.name === "Authorization");
  const parts = [];
  if (!row.problem) {
    parts.push(h("h3", {}, t("signature")), h("p", { class: "small quiet" }, t("signedRight")), lines(detail.expectedText));
    return parts;
  }
  const isSent = row.sent.some(value => value !== "");
  const explained = detail.mistakes
    ? [t("foundHow"), h("ul", {}, ...detail.mistakes.map(name => h("li", {}, mistake(name))))]
    : [t(isSent ? "notFound" : "noSignature")];
  parts.push(h("div", { class: "explained", id: "explained" }, ...explained));
  const sides = [h("div", {}, h("p", { class: "small quiet" }, t("shouldSign")), lines(detail.expectedText, detail.signedText))];
  if (detail.signedText) sides.push(h("div", {}, h("p", { class: "small quiet" }, t("wasSigned")), lines(detail.signedText, detail.expectedText)));
  parts.push(h("div", { class: "sides" }, ...sides));
  return parts;
}

/** Returns all that is known of an entry, as elements. */
export function detail(entry) {
  const parts = [h("div", { class: "row" }, h("span", { class: "pill kind " + entry.kind }, t(entry.kind)), h("b", {}, summary(entry)), ...pill(entry))];
  const more = entry.detail ?? {};
  if (entry.kind === "REQUEST") {
    const outcome = entry.code === null ? t("notAsked") : entry.code === 0 ? t("accepted") : meaning(entry.code);
    parts.push(h("p", { class: "small quiet" }, [outcome, `${more.method} ${more.target}`, `request_id ${more.requestId}`].filter(part => part).join(" · ")));
    parts.push(...(entry.code === 4002 ? [...signature(more), headers(entry)] : [headers(entry), ...signature(more)]));
    if (more.bodyLength) parts.push(h("h3", {}, t("body", more.bodyLength)), h("pre", {}, more.body));
    const others = more.others.filter(other => other.name.toLowerCase() !== "access-token" || !more.checked.length);
    if (others.length) {
      parts.push(h("h3", {}, t("others")), h("table", {}, ...others.map(other => h("tr", {}, h("td", { class: "mono" }, other.name), h("td", { class: "mono" }, other.sent)))));
    }
  } else if (more.json) {
    let json = more.json;
    try { json = JSON.stringify(JSON.parse(json), null, 2); } catch (e) { /* Shown as it is. */ }
    parts.push(h("pre", {}, json));
  }
  return parts.filter(part => part !== null);
}

/** Returns one line of a bug report. */
export const line = entry => `${time(entry.at)} ${entry.kind.toLowerCase()} ${entry.room ?? ""} ${entry.kind === "REQUEST" ? entry.code ?? "-" : ""} ${summary(entry)}${entry.kind === "REQUEST" && entry.fault ? " [" + entry.fault + "]" : ""}`.replace(/ +/g, " ");
