// Small charts of the last hour. What they show is in their legends, too, as numbers.

import { h, number, percent, s } from "./page.js";

const width = 360;
const height = 120;
const left = 34;
const bottom = 16;
const top = 6;
const plot = { width: width - left - 6, height: height - bottom - top };

/**
 * @param series `{ name, detail, style, values }`, a value for each moment, the newest last, null where none is known.
 * @param options `{ length, isStacked, isShare }`, where length is how many moments the chart is wide.
 */
export function chart(title, series, { length, isStacked = false, isShare = false }) {
    const bands = isStacked ? stacked(series) : series.map((one) => ({ ...one, upper: one.values }));
    const highest = Math.max(0, ...bands.flatMap((one) => one.upper.filter((value) => value !== null)));
    const limit = isShare ? 1 : niceLimit(highest);
    const format = isShare ? percent : (value) => number(value);
    const scale = scales(series[0]?.values.length ?? 0, length, limit);
    const shapes = bands.map((band) => (isStacked ? area(band, scale) : line(band, scale)));
    return h("figure", { "data-key": title },
        h("figcaption", null, title),
        s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${title} over the last hour: ${spoken(series, format)}` },
            grid(limit, format), shapes),
        legend(title, series, format));
}

function spoken(series, format) {
    return series.map((one) => {
        const known = one.values.filter((value) => value !== null);
        return known.length ? `${one.name} ${format(known.at(-1))}` : `${one.name} unknown`;
    }).join(", ");
}

/** 1, 2 or 5 times a power of ten, so that half of it is a fair number, too. */
function niceLimit(highest) {
    if (highest <= 4) return 4;
    const power = 10 ** Math.floor(Math.log10(highest));
    return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= highest) * power;
}

function scales(count, length, limit) {
    return {
        x: (place) => left + plot.width * (1 - (count - 1 - place) / (length - 1)),
        y: (value) => top + plot.height * (1 - Math.min(value / limit, 1)),
    };
}

function grid(limit, format) {
    const lines = [0, 0.5, 1].map((share) => {
        const y = top + plot.height * (1 - share);
        return [
            s("line", { class: "grid", x1: left, x2: width - 6, y1: y, y2: y }),
            s("text", { x: left - 4, y: y + 3.5, "text-anchor": "end" }, format(limit * share)),
        ];
    });
    const times = [["60 min ago", 0, "start"], ["30", 0.5, "middle"], ["now", 1, "end"]].map(([text, share, anchor]) =>
        s("text", { x: left + plot.width * share, y: height - 3, "text-anchor": anchor }, text));
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

function legend(title, series, format) {
    return h("table", { class: "legend", "aria-label": `${title}: numbers of the last hour` },
        h("thead", null, h("tr", null, ["", "now", "lowest", "highest"].map((text) =>
            text ? h("th", { scope: "col", class: "number" }, text) : h("td")))),
        h("tbody", null, series.map((one) => {
            const known = one.values.filter((value) => value !== null);
            const least = known.length ? Math.min(...known) : null;
            const most = known.length ? Math.max(...known) : null;
            return h("tr", { "data-key": one.name },
                h("th", { scope: "row" }, swatch(one.style), one.name,
                    one.detail ? h("span", { class: "note" }, ` ${one.detail}`) : null),
                [one.values.at(-1), least, most].map((value) =>
                    h("td", { class: "number" }, value === null || value === undefined ? "unknown" : format(value))));
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
