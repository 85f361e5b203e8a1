// What every page is made of. Text from outside only ever becomes text: nothing here reads markup.

/** An element; attributes that are null or false are left out, children are elements or text. */
export function h(name, attributes, ...children) {
    return build(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function s(name, attributes, ...children) {
    return build(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function build(element, attributes, children) {
    for (const [key, value] of Object.entries(attributes ?? {})) {
        if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
}

/**
 * Makes an element's children like fresh ones with as few changes as possible: focus, selection, and what a reader has
 * opened stay. Children with the same `data-key` are the same thing.
 */
export function show(parent, ...children) {
    const fresh = children.flat(Infinity).filter(Boolean).map((child) =>
        typeof child === "string" ? document.createTextNode(child) : child);
    fresh.forEach((child, place) => {
        const current = counterpart(parent, child, place);
        if (!current) parent.insertBefore(child, parent.childNodes[place] ?? null);
        else if (isAlike(current, child)) morph(current, child);
        else current.replaceWith(child);
    });
    while (parent.childNodes.length > fresh.length) parent.lastChild.remove();
}

function counterpart(parent, child, place) {
    const key = child.dataset?.key;
    const current = parent.childNodes[place];
    if (key === undefined || current?.dataset?.key === key) return current;
    const known = [...parent.childNodes].slice(place).find((node) => node.dataset?.key === key);
    if (known) parent.insertBefore(known, current);
    return known;
}

function isAlike(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName;
}

function morph(old, fresh) {
    if (old.nodeType === Node.TEXT_NODE) {
        if (old.data !== fresh.data) old.data = fresh.data;
        return;
    }
    for (const { name } of [...old.attributes]) {
        if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
        if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    show(old, [...fresh.childNodes]);
}

const signs = { good: "✓", busy: "→", warn: "!", bad: "✕" };

/** How something is, in a word, a sign and a colour. */
export function state(level, text) {
    return h("span", { class: `state ${level}` }, h("span", { class: "sign", "aria-hidden": "true" }, signs[level]), text);
}

/**
 * A table that becomes a list of cards on a narrow screen, where roles have to be said because its display says otherwise.
 *
 * @param columns titles; one that begins with `#` is of numbers.
 * @param rows `{ key, cells, notes }`, where a row's first cell is its heading, and notes stand beneath it.
 */
export function table(label, columns, rows) {
    const titles = columns.map((title) => title.replace("#", ""));
    const kinds = columns.map((title) => (title.startsWith("#") ? "number" : null));
    const row = ({ key, cells }) => h("tr", { role: "row", "data-key": key }, cells.map((cell, place) =>
        h(place ? "td" : "th", {
            role: place ? "cell" : "rowheader", scope: place ? null : "row", class: kinds[place],
            "data-title": titles[place],
        }, cell)));
    const notes = ({ key, notes }) => notes?.length
        ? h("tr", { role: "row", class: "notes", "data-key": `${key} notes` },
            h("td", { role: "cell", colspan: columns.length }, notes.map((note) => h("p", null, note))))
        : null;
    return h("table", { role: "table", "aria-label": label },
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, titles.map((title, place) =>
            h("th", { role: "columnheader", scope: "col", class: kinds[place] }, title)))),
        h("tbody", { role: "rowgroup" }, rows.flatMap((one) => [row(one), notes(one)])));
}

/** Bars beside numbers; the number says it all. */
export function bar(share, text) {
    const width = Math.round(Math.min(Math.max(share, 0), 1) * 48);
    return h("span", { class: "bar" },
        s("svg", { viewBox: "0 0 48 8", "aria-hidden": "true" },
            s("rect", { class: "whole", width: 48, height: 8, rx: 2 }),
            s("rect", { class: "part", width, height: 8, rx: 2 })),
        text);
}

const absent = "–";

export function number(value, digits = 0) {
    return value === null || value === undefined
        ? absent : value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

export function percent(share) {
    return share === null || share === undefined ? absent : `${number(share * 100, share > 0 && share < 0.0995 ? 1 : 0)} %`;
}

export function seconds(value) {
    if (value === null || value === undefined) return absent;
    if (value < 1) return `${Math.round(value * 1000)} ms`;
    if (value < 10) return `${number(value, 1)} s`;
    if (value < 120) return `${Math.floor(value)} s`;
    if (value < 7200) return `${Math.floor(value / 60)} min`;
    return value < 172800 ? `${Math.floor(value / 3600)} h` : `${Math.floor(value / 86400)} d`;
}

/** Of ages, for which fractions only flicker. */
export function age(value) {
    return value === null || value === undefined ? absent : value < 10 ? `${Math.floor(value)} s` : seconds(value);
}

export function bytes(value) {
    if (value === null || value === undefined) return absent;
    const units = ["B", "kB", "MB", "GB", "TB"];
    const power = value < 1000 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);
    const scaled = value / 1000 ** power;
    return `${number(scaled, power && scaled < 10 ? 1 : 0)} ${units[power]}`;
}

export function plural(count, one, many = `${one}s`) {
    return `${number(count)} ${count === 1 ? one : many}`;
}

/** What a page says first: that all is well, or each thing that isn't. */
export function verdict(problems, wellText) {
    const worst = ["bad", "warn", "busy"].find((level) => problems.some((one) => one.level === level)) ?? "good";
    const count = problems.filter((one) => one.level !== "busy").length;
    const text = count ? `${plural(count, "thing needs", "things need")} attention` : wellText;
    const order = { bad: 0, warn: 1, busy: 2 };
    const sorted = [...problems].sort((one, other) => order[one.level] - order[other.level]);
    document.getElementById("verdict").className = worst;
    show(document.getElementById("verdict-text"), state(worst, text));
    show(document.getElementById("problems"), sorted.map((one) =>
        h("li", { "data-key": one.text }, state(one.level, one.text))));
    document.title = `${count ? `(${count}) ` : ""}${document.querySelector("h1").textContent}`;
}

/** Pairs of a name and a value. */
export function facts(pairs) {
    show(document.getElementById("facts"), pairs.map(([name, value, note]) =>
        h("div", { "data-key": name }, h("dt", null, name), h("dd", null, value),
            note ? h("dd", { class: "note" }, note) : null)));
}

/**
 * Asks for a document again and again, while somebody looks; as long as no answer comes, the page says since when.
 *
 * @param whom who is asked, for that sentence.
 */
export function watch(url, periodSeconds, whom, onDocument) {
    const answer = { last: null, failure: null };
    const ask = async () => {
        let found;
        try {
            found = await get(url);
            Object.assign(answer, { last: Date.now(), failure: null });
        } catch (error) {
            answer.failure = error.message;
        }
        if (found) onDocument(found);
        showAnswer(answer, whom);
    };
    repeat(ask, periodSeconds);
    setInterval(() => showAnswer(answer, whom), 1000);
}

/** Does something at once and again and again, while the page can be seen. */
export function repeat(action, periodSeconds) {
    let timer = null;
    let isUnderWay = false;
    const step = async () => {
        if (document.hidden || isUnderWay) return;
        clearTimeout(timer);
        isUnderWay = true;
        try {
            await action();
        } finally {
            isUnderWay = false;
            timer = setTimeout(step, periodSeconds * 1000);
        }
    };
    document.addEventListener("visibilitychange", step);
    step();
}

/** @throws Error with what to tell people. */
export async function get(url) {
    const response = await fetch(url, { cache: "no-cache", signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`it answers with ${response.status}`);
    return response.json();
}

function showAnswer({ last, failure }, whom) {
    document.body.classList.toggle("silent", failure !== null);
    const line = document.getElementById("answer");
    if (failure === null) {
        show(line, last ? state("good", "live") : "asking …");
        return;
    }
    // Read out once, not every second.
    const since = last ? ` since ${age((Date.now() - last) / 1000)}` : "";
    show(line, state("bad", `no answer from ${whom}`), h("span", { "aria-hidden": "true" }, since),
        last ? "; below is what it said last" : "");
}
