// Small charts of the last hour. What they show is in their legends, too, as numbers.

import { age, h, number, percent, s } from "./page.js";

const width = 360;
const left = 38;
const right = 6;
const top = 6;
const bottom = 16;
const plotWidth = width - left - right;
/** How many minutes a chart is wide: an hour, once there is so much to show. */
const spans = [5, 15, 30, 60];

/** The moment that is looked at: in which chart, and how many steps ago; null for now. */
let looked = null;

/**
 * @param key names the chart in its page.
 * @param series `{ name, detail, style, values }`, a value for each moment, the newest last, null where none is known.
 * @param options `{ stepSeconds, height, isStacked, isShare }`, where steps are what moments are apart.
 */
export function chart(key, title, series, { stepSeconds, height = 98, isStacked = false, isShare = false }) {
    const bands = isStacked ? stacked(series) : series.map((one) => ({ ...one, upper: one.values }));
    const highest = Math.max(0, ...bands.flatMap((one) => one.upper.filter((value) => value !== null)));
    const limit = isShare ? 1 : niceLimit(highest);
    const format = isShare ? percent : (value) => number(value);
    const count = series[0]?.values.length ?? 0;
    const minutes = spans.find((span) => span * 60 >= (count - 1) * stepSeconds) ?? spans.at(-1);
    const steps = minutes * 60 / stepSeconds;
    const scale = scales(count, steps, limit, height);
    const shapes = bands.map((band) => (isStacked ? area(band, scale) : line(band, scale)));
    const back = looked?.key === key ? Math.min(looked.back, Math.max(count - 1, 0)) : 0;
    const when = back ? `${age(back * stepSeconds)} ago` : "now";
    return h("figure", { "data-key": key },
        h("figcaption", null, title),
        s("svg", {
            viewBox: `0 0 ${width} ${top + height + bottom}`, "data-chart": key, "data-steps": steps, "data-back": back,
            tabindex: 0, role: "slider", "aria-label": `${title} over the last ${minutes} minutes`, "aria-valuemin": -steps,
            "aria-valuemax": 0, "aria-valuenow": -back, "aria-valuetext": spoken(series, back, when, format),
        }, grid(limit, minutes, format, height), shapes, back ? cursor(scale.x(count - 1 - back), height) : null),
        legend(title, series, back, when, format));
}

function spoken(series, back, when, format) {
    const values = series.map(({ name, values }) => `${name} ${told(values.at(-1 - back), format)}`);
    return `${when}: ${values.join(", ")}`;
}

function told(value, format) {
    return value === null || value === undefined ? "unknown" : format(value);
}

function cursor(x, height) {
    return s("line", { class: "cursor", x1: x, x2: x, y1: top, y2: top + height });
}

/** Lets people look at a moment of a chart, with a pointer or the arrow keys. */
export function followReaders(redraw) {
    const look = (chart, back) => {
        const before = looked;
        looked = chart && back > 0 ? { key: chart.dataset.chart, back: Math.min(back, Number(chart.dataset.steps)) } : null;
        if (looked?.key !== before?.key || looked?.back !== before?.back) redraw();
    };
    document.addEventListener("pointermove", (event) => {
        const chart = event.target.closest?.("svg[data-chart]");
        const box = chart?.getBoundingClientRect();
        const share = chart ? ((event.clientX - box.left) / box.width * width - left) / plotWidth : 0;
        look(chart, Math.round((1 - share) * Number(chart?.dataset.steps)));
    });
    document.addEventListener("keydown", (event) => {
        const chart = event.target.closest?.("svg[data-chart]");
        const step = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1, PageDown: 20, PageUp: -20 }[event.key];
        if (!chart || !step) return;
        event.preventDefault();
        look(chart, Number(chart.dataset.back) + step);
    });
}

/** 1, 2 or 5 times a power of ten, so that half of it is a fair number, too. */
function niceLimit(highest) {
    if (highest <= 4) return 4;
    const power = 10 ** Math.floor(Math.log10(highest));
    return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= highest) * power;
}

function scales(count, steps, limit, height) {
    return {
        x: (place) => left + plotWidth * (1 - (count - 1 - place) / steps),
        y: (value) => top + height * (1 - Math.min(value / limit, 1)),
    };
}

function grid(limit, minutes, format, height) {
    const lines = [0, 0.5, 1].map((share) => {
        const y = top + height * (1 - share);
        return [
            s("line", { class: "grid", x1: left, x2: width - right, y1: y, y2: y }),
            s("text", { x: left - 4, y: y + 3.5, "text-anchor": "end" }, format(limit * share)),
        ];
    });
    const times = [[`${minutes} min ago`, 0, "start"], [number(minutes / 2, minutes % 2), 0.5, "middle"], ["now", 1, "end"]].map(([text, share, anchor]) =>
        s("text", { x: left + plotWidth * share, y: top + height + bottom - 3, "text-anchor": anchor }, text));
    return s("g", { "aria-hidden": "true" }, lines, times);
}

/** Each series upon those before it. */
function stacked(series) {
    const sums = (series[0]?.values ?? []).map(() => 0);
    return series.map((one) => {
        const lower = [...sums];
        const upper = one.values.map((value, place) => (value === null ? null : (sums[place] += value)));
        return { ...one, lower, upper };
    });
}

/** Stretches without a gap, as lists of places. */
function runs(values) {
    const found = [];
    values.forEach((value, place) => {
        if (value === null) return;
        if (place && values[place - 1] !== null) found.at(-1).push(place);
        else found.push([place]);
    });
    return found;
}

function point(x, y) {
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function line({ style, upper }, { x, y }) {
    const path = runs(upper).map((places) => {
        const points = places.map((place) => point(x(place), y(upper[place])));
        // One moment alone would have no length, and so not be seen.
        return `M${points.join("L")}${points.length === 1 ? "h1" : ""}`;
    }).join("");
    return s("path", { class: `line ${style}`, d: path });
}

function area({ style, lower, upper }, { x, y }) {
    const path = runs(upper).map((places) => {
        const first = places[0];
        const start = places.length === 1 ? x(first) - 1.5 : x(first);
        const above = places.map((place) => point(x(place), y(upper[place])));
        const below = places.toReversed().map((place) => point(x(place), y(lower[place])));
        return `M${point(start, y(lower[first]))}L${point(start, y(upper[first]))}L${above.join("L")}L${below.join("L")}Z`;
    }).join("");
    return [s("path", { class: `area ${style}`, d: path }), s("path", { class: `texture ${style}`, d: path, fill: `url(#${style})` })];
}

function legend(title, series, back, when, format) {
    const head = [when, "lowest", "highest"].map((text) => h("th", { scope: "col", class: "number" }, text));
    return h("table", { class: "legend", "aria-label": `${title} in numbers` },
        h("thead", null, h("tr", null, h("td"), head)),
        h("tbody", null, series.map((one) => {
            const known = one.values.filter((value) => value !== null);
            const [least, most] = known.length ? [Math.min(...known), Math.max(...known)] : [];
            return h("tr", { "data-key": one.name },
                h("th", { scope: "row" }, swatch(one.style), one.name,
                    one.detail ? h("span", { class: back ? "note unseen" : "note" }, ` ${one.detail}`) : null),
                [one.values.at(-1 - back), least, most].map((value) => h("td", { class: "number" }, told(value, format))));
        })));
}

function swatch(style) {
    const isLine = style.startsWith("line-");
    return s("svg", { class: "swatch", viewBox: "0 0 18 12", "aria-hidden": "true" }, isLine
        ? s("path", { class: `line ${style}`, d: "M0 6h18" })
        : [s("rect", { class: `area ${style}`, width: 18, height: 12, rx: 2 }),
            s("rect", { class: `texture ${style}`, width: 18, height: 12, rx: 2, fill: `url(#${style})` })]);
}

/** Textures, so that areas are told apart without their colours, too; once a page. */
export function textures() {
    const pattern = (id, path) => s("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
        path ? s("path", { d: path, class: "stroke" }) : null);
    return s("svg", { width: 0, height: 0, class: "textures", "aria-hidden": "true" }, s("defs", null,
        pattern("area-use", null), pattern("area-idle", "M3 2.5v1"), pattern("area-aside", "M0 6L6 0M-1 1L1 -1M5 7L7 5"),
        pattern("area-down", "M0 0L6 6M0 6L6 0")));
}
