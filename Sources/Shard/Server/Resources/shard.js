// A shard's page: what it asks, what it collects, and how old that is.

import { age, bytes, facts, h, number, percent, plural, seconds, show, state, table, verdict, watch } from "./page.js";

watch("page/shard", 2, "this shard", draw);

function draw(page) {
    verdict(problems(page), "All is well");
    facts(figures(page));
    show(document.getElementById("sections"),
        page.membership ? slices(page.membership) : null, collectors(page), page.upstreams.map(upstream));
    show(document.getElementById("footer"), h("p", null, `slurm-shard ${page.version}, commit ${page.commit.slice(0, 7)}. `,
        h("code", null, "slurm-shard catalogue"), " explains each metric, ", h("code", null, "slurm-shard reference"), " each setting."));
}

function section(id, title, ...content) {
    return h("section", { "data-key": id, "aria-labelledby": id }, h("h2", { id }, title), content);
}

function problems({ membership, collectors, upstreams, memoryLevel }) {
    const found = [];
    const add = (level, text) => found.push({ level, text });
    if (membership && !membership.plan) add("bad", "no plan so far");
    if (membership?.problem) add("bad", `the plan isn't followed in all: ${membership.problem}`);
    if (typeof membership?.silentForSeconds === "number") add("warn", "no coordinator answers: the last plan holds");
    if (memoryLevel > 0) add(memoryLevel > 1 ? "bad" : "warn", `${memoryLevel > 1 ? "all but critical" : "detailed"} families are left out for lack of memory`);
    for (const one of collectors) {
        if (one.isStale) add("bad", `${name(one)} is too old to be shown`);
        else if (!one.isUp && one.lastError) add("warn", `${name(one)} could not be renewed: ${words(one.lastError)}`);
    }
    for (const one of upstreams) {
        if (one.breaker !== "closed") add("bad", `${one.cluster} is left alone, as too many questions failed`);
        if (one.visibility) add("warn", one.visibility);
    }
    const warming = membership?.slices.filter((slice) => slice.state === "warming") ?? [];
    if (warming.length) add("busy", `${plural(warming.length, "slice")} without anything to show so far`);
    return found;
}

function name({ slice, cluster, collector }) {
    return `${slice && slice !== collector ? `${slice}: ` : ""}${collector} of ${cluster}`;
}

function words(text) {
    return text.replaceAll("_", " ");
}

function figures({ membership, collectors, upstreams }) {
    const up = collectors.filter((one) => one.isUp).length;
    const ages = collectors.map((one) => one.ageSeconds).filter((one) => typeof one === "number");
    return [
        membership ? ["plan", membership.plan ? `${membership.plan.epoch}.${membership.plan.revision}` : "none", membership.plan ? `of ${membership.plan.holder}` : null] : null,
        membership ? ["slices", number(membership.slices.length), "served here"] : null,
        ["collectors", `${number(up)} of ${number(collectors.length)}`, "up"],
        ["oldest data", ages.length ? age(Math.max(...ages)) : "–", "of all collectors"],
        ["clusters", number(upstreams.length), "asked from here"],
    ].filter(Boolean);
}

const sliceLevels = { serving: "good", warming: "busy", leaving: "busy" };

function slices({ slices }) {
    if (!slices.length) return section("slices", "Slices", h("p", null, "None: the coordinator has given this shard no work."));
    return section("slices", "Slices", table("Slices", ["slice", "state", "collectors", "prefix"], slices.map((slice) => ({
        key: slice.id,
        cells: [slice.id, state(sliceLevels[slice.state] ?? "warn", slice.state), slice.collectors.join(", "), h("code", null, slice.prefix)],
    }))));
}

function collectorState(one) {
    if (one.isStale) return state("bad", "too old, not shown");
    if (one.isUp) return state("good", "up");
    return one.lastError ? state("warn", "failing") : state("busy", "no answer yet");
}

function collectors({ collectors }) {
    return section("collectors", "Collectors",
        table("Collectors", ["collector", "cluster", "state", "#age", "last error"], collectors.map((one) => ({
            key: `${one.slice} ${one.cluster} ${one.collector}`,
            cells: [one.slice && one.slice !== one.collector ? `${one.slice}: ${one.collector}` : one.collector, one.cluster,
                collectorState(one), age(one.ageSeconds), one.lastError ? words(one.lastError) : "none"],
        }))));
}

const breakerStates = { closed: ["good", "closed"], half_open: ["warn", "half open"], open: ["bad", "open"] };

function upstream(one) {
    const [level, breaker] = breakerStates[one.breaker] ?? ["warn", one.breaker];
    return section(`upstream ${one.cluster}`, ["What is asked of ", one.cluster || "Slurm"],
        h("p", null, `At ${one.address}, release ${one.release || "unknown"}; breaker `, state(level, breaker),
            typeof one.breakerOpensInSeconds === "number" ? `, tried again in ${seconds(one.breakerOpensInSeconds)}` : null,
            `; Slurm was busy for us for ${percent(one.dutyCycle)} of the last five minutes`,
            one.pausedForSeconds > 0 ? `; nothing is asked for ${seconds(one.pausedForSeconds)} more` : null,
            one.tokenExpires ? `; the token expires ${one.tokenExpires}` : null, "."),
        table(`Questions to ${one.cluster}`, ["question", "state", "#every", "#answered", "#took", "#bytes", "#records"],
            one.feeds.map((feed) => ({
                key: feed.feed,
                cells: [
                    feed.feed, feedState(feed), seconds(feed.intervalSeconds),
                    typeof feed.ageSeconds === "number" ? `${age(feed.ageSeconds)} ago` : "–",
                    seconds(feed.lastDurationSeconds), bytes(feed.lastBytes), number(feed.lastRecords),
                ],
                notes: [feed.error && state("bad", feed.error), feed.caveat && state("warn", feed.caveat)].filter(Boolean),
            }))));
}

function feedState(feed) {
    if (typeof feed.inFlightForSeconds === "number") return state("busy", `asked for ${seconds(feed.inFlightForSeconds)} now`);
    if (feed.error) return state("bad", words(feed.errorKind ?? "failed"));
    return typeof feed.ageSeconds === "number" ? state("good", "answered") : state("busy", "not yet");
}
