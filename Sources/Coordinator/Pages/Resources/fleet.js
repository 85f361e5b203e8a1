// The coordinator's page: the whole fleet at this moment, and its clusters over the last hour.

import { chart, followReaders, textures } from "./charts.js";
import { age, bar, bytes, facts, get, h, number, percent, plural, repeat, seconds, show, state, table, verdict, watch } from "./page.js";

let history = null;
let shown = null;

watch("page/fleet", 2, "this coordinator", (page) => draw(shown = page));
followReaders(() => draw(shown));
repeat(async () => {
    // Whether there is an answer at all is the other document's to say.
    history = await get("page/history").catch(() => history);
}, 15);

function draw(page) {
    // Shards report to the leader: whoever stands by knows nothing of them that would still hold.
    const fleet = page.leadership?.me === "leader" ? page.fleet : null;
    verdict(problems(page, fleet), fleet ? "All is well" : page.leadership ? "Standing by" : "Static targets only");
    facts(figures(page, fleet));
    show(document.getElementById("sections"),
        Object.entries(page.clusters).map(([name, cluster]) => clusterSection(name, cluster)),
        fleet ? [moves(fleet), shards(fleet), upstreams(fleet), slices(fleet)] : null,
        page.fleet?.coordinators?.length ? coordinators(page.fleet.coordinators) : null,
        page.targets.length ? targets(page.targets) : null,
        textures());
    show(document.getElementById("footer"),
        h("p", null, `slurm-coordinator ${page.version}, commit ${page.commit.slice(0, 7)}. `,
            h("code", null, "slurm-coordinator status"), " shows the same at a terminal, ",
            h("code", null, "slurm-shard catalogue"), " explains each metric."));
}

function section(id, title, ...content) {
    return h("section", { "data-key": id, "aria-labelledby": id }, h("h2", { id }, title), content);
}

// What needs attention.

function problems(page, fleet) {
    const found = [
        ...page.waitingFor.map((source) => ({ level: "busy", text: `${source} has not been heard of yet` })),
        ...page.targets.filter((target) => target.isUp === false).map((target) =>
            ({ level: "warn", text: `target ${target.instance} is down: ${target.error}` })),
        ...Object.entries(page.clusters).filter(([, cluster]) => cluster.coverage < 1).map(([name, cluster]) =>
            ({ level: "bad", text: `${name}: current data of ${percent(cluster.coverage)} of the slices only${leftOut(cluster)}` })),
    ];
    if (page.leadership && !page.leadership.leader) found.push({ level: "bad", text: "no leader known" });
    return fleet ? [...found, ...fleetProblems(fleet)] : found;
}

function leftOut({ missing, missingCount }) {
    const more = missingCount - missing.length;
    return missing.length ? `; left out: ${missing.join(", ")}${more ? ` and ${plural(more, "more family", "more families")}` : ""}` : "";
}

function fleetProblems(fleet) {
    const found = [];
    const add = (level, text) => found.push({ level, text });
    if (!fleet.shards.some((shard) => shard.state === "ready")) add("bad", "no shard is ready for work");
    for (const shard of fleet.shards) {
        if (shard.state === "lost") add("bad", `${shard.id} is lost`);
        if (shard.state === "draining") add("busy", `${shard.id} hands over what it has`);
        if (shard.problem) {
            const extent = shard.state === "joining" ? "can't go by its plan" : "goes by its plan in part";
            add("bad", `${shard.id} ${extent}: ${shard.problem}`);
        }
        if (shard.unreachable.length) add("warn", `${shard.id} can't reach ${shard.unreachable.join(", ")}`);
        if (shard.namesake) add("bad", `another process has the name ${shard.id}, too, and isn't heard: ${shard.namesake}`);
        for (const refusal of shard.refusals) {
            add("warn", `${shard.id} refused plan ${identity(refusal.plan)} of ${refusal.plan.holder}: ${words(refusal.reason)}`);
        }
    }
    const unserved = fleet.slices.filter((slice) => !isServed(slice, fleet));
    const [begun, left] = [true, false].map((isBegun) => unserved.filter((slice) => isLive(slice.owner, fleet) === isBegun));
    if (left.length) add("bad", `nobody serves ${names(left)}`);
    if (begun.length) add("warn", `nobody serves ${names(begun)} yet: the new owner has nothing to show so far`);
    const moving = fleet.slices.filter((slice) => isServed(slice, fleet) && isMoving(slice)).length;
    if (moving) add("busy", `${plural(moving, "slice")} on the way to a new owner`);
    for (const upstream of fleet.upstreams) upstreamProblems(upstream, add);
    return found;
}

function names(slices) {
    return slices.map((slice) => slice.id).join(", ");
}

function isLive(id, fleet) {
    return fleet.shards.some((shard) => shard.id === id && shard.state !== "lost");
}

/** What a shard said before it was lost doesn't count. */
function isServed(slice, fleet) {
    return isLive(slice.current, fleet) && (slice.current !== slice.owner || slice.state === "serving");
}

function upstreamProblems({ cluster, owner, isWaiting, health }, add) {
    if (!owner) add("bad", `nobody asks ${cluster}`);
    else if (isWaiting) add("busy", `${cluster} is asked again when what its last owner asked is over`);
    if (!health) return;
    const failing = health.feeds.filter((feed) => feed.error);
    if (health.breaker !== "closed") add("bad", `${cluster} is left alone, as too many questions failed`);
    if (failing.length) {
        add(failing.length === health.feeds.length ? "bad" : "warn",
            `${cluster} doesn't answer for ${failing.map((feed) => feed.feed).join(", ")}: ${failing[0].error}`);
    }
}

// The numbers on top.

function figures({ leadership, clusters }, fleet) {
    const found = [];
    if (leadership) {
        const { leader, me } = leadership;
        found.push(["leader", leader ? linked(leader.name, leader.url) : "none known", me === "leader" ? "this coordinator" : "knows the shards; this one stands by"]);
        found.push(["epoch", leader ? number(leader.epoch) : "–", fleet ? `plan ${identity(fleet.plan)}` : null]);
    }
    const coverages = Object.values(clusters).map((cluster) => cluster.coverage);
    if (coverages.length) {
        const least = Math.min(...coverages);
        found.push(["coverage", state(least < 1 ? "bad" : "good", percent(least)), plural(coverages.length, "cluster")]);
    }
    if (!fleet) return found;
    const ready = fleet.shards.filter((shard) => shard.state === "ready").length;
    const serving = fleet.slices.filter((slice) => isServed(slice, fleet)).length;
    const ages = fleet.slices.map((slice) => slice.ageSeconds).filter((one) => one !== null && one !== undefined);
    return [
        ...found,
        ["shards", fraction(ready, fleet.shards.length), "ready"],
        ["slices", fraction(serving, fleet.slices.length), "served"],
        ["oldest data", ages.length ? age(Math.max(...ages)) : "–", "of all slices"],
    ];
}

function fraction(part, whole) {
    const text = `${number(part)} of ${number(whole)}`;
    return part < whole ? state("bad", text) : text;
}

function linked(text, url) {
    return url && /^https?:\/\//.test(url) ? h("a", { href: url, rel: "noreferrer" }, text) : text;
}

function identity({ epoch, revision }) {
    return `${epoch}.${revision}`;
}

function words(name) {
    return name.replaceAll("_", " ");
}

// Clusters.

const nodeGroups = [
    ["in use", "area-use", ["allocated", "mixed", "completing", "blocked"]],
    ["idle", "area-idle", ["idle", "planned", "reserved"]],
    ["set aside", "area-aside", ["drained", "draining", "future", "maint", "power_down", "power_up", "powered_down",
        "powering_down", "powering_up", "reboot", "reboot_issued", "reboot_requested"]],
];

function clusterSection(name, cluster) {
    const past = history?.clusters[name];
    const stepSeconds = history?.stepSeconds ?? 15;
    return section(`cluster ${name}`, [name, " ", cluster.coverage < 1 ? state("bad", `${percent(cluster.coverage)} covered`) : null],
        h("div", { class: "charts" },
            chart(`${name} nodes`, "Nodes by state", nodeSeries(cluster.nodes, past?.nodes), { stepSeconds, isStacked: true }),
            h("div", { class: "pair" }, [["running", "line-first"], ["pending", "line-second"]].map(([what, style]) =>
                chart(`${name} ${what}`, `Jobs ${what}`, [series(what, style, cluster.jobs, past?.jobs)], { stepSeconds, height: 42 }))),
            chart(`${name} utilisation`, "Utilisation", ["cpus", "memory", "gpus"].filter((what) => what !== "gpus" || hasGPUs(cluster, past))
                .map((what, place) => ({
                    ...series(what, ["line-first", "line-second", "line-third"][place], cluster.utilization, past?.utilization, null),
                    name: { cpus: "CPUs", memory: "memory", gpus: "GPUs" }[what],
                })), { stepSeconds, isShare: true })));
}

function hasGPUs(cluster, past) {
    return cluster.utilization.gpus !== undefined || past?.utilization.gpus !== undefined;
}

function plainNote(text) {
    return h("p", { class: "note" }, text);
}

/** What is now is the last moment. */
function series(name, style, now, past, ofNone = 0) {
    const isKnown = Object.keys(now).length > 0;
    const last = now[name] ?? (isKnown ? ofNone : null);
    return { name, style, values: [...(past?.[name] ?? emptyPast(past, ofNone)), last] };
}

function emptyPast(past, ofNone) {
    const other = Object.values(past ?? {})[0] ?? [];
    return other.map((value) => (value === null ? null : ofNone));
}

function nodeSeries(now, past) {
    const known = new Set(nodeGroups.flatMap(([, , states]) => states));
    const others = [...new Set([...Object.keys(now), ...Object.keys(past ?? {})])].filter((one) => !known.has(one));
    return [...nodeGroups, ["down or unknown", "area-down", others]].map(([name, style, states]) => {
        const parts = (states.length ? states : ["down"]).map((one) => series(one, style, now, past));
        const values = parts[0].values.map((value, place) =>
            value === null ? null : parts.reduce((sum, part) => sum + (part.values[place] ?? 0), 0));
        const present = states.filter((one) => now[one] > 0).map((one) => `${words(one)} ${number(now[one])}`);
        return { name, style, values, detail: present.length > 1 || (present.length && !present[0].startsWith(name)) ? present.join(", ") : null };
    });
}

// What moves, and why.

const reasons = {
    unowned: () => "nobody had it",
    lost: (from) => `${from} was lost`,
    draining: (from) => `${from} hands over what it has`,
    cut_off: (from) => `${from} couldn't reach the shard that asks the cluster`,
    balance: () => "loads were uneven",
};

function isMoving(slice) {
    return slice.former || slice.state !== "serving";
}

function moves(fleet) {
    const why = (kind, name) => {
        const change = fleet.changes.find((one) => one.kind === kind && one.name === name && one.reason !== "unowned");
        return change ? `, because ${reasons[change.reason](change.from)}` : "";
    };
    const slices = fleet.slices.filter((slice) => slice.owner && isMoving(slice)).map((slice) => {
        const step = slice.state !== "serving"
            ? `${slice.owner} makes it ready${slice.former ? `, ${slice.former} still serves it` : ""}`
            : `${slice.owner} serves it, and ${slice.former} for one scrape more`;
        return { key: slice.id, text: `${slice.id}: ${step}${why("slice", slice.id)}` };
    });
    const upstreams = fleet.upstreams.filter((upstream) => upstream.owner && upstream.isWaiting).map(({ cluster, owner }) =>
        ({ key: cluster, text: `${cluster}: ${owner} will ask it, when what was asked before can't be under way any more${why("upstream", cluster)}` }));
    const current = [...upstreams, ...slices];
    return section("moves", "What is moving, and why",
        current.length
            ? h("ul", { class: "moving" }, current.map(({ key, text }) => h("li", { "data-key": key }, state("busy", text))))
            : h("p", null, "Nothing at the moment."),
        fleet.changes.length ? h("details", null, h("summary", null, `The last ${plural(fleet.changes.length, "move")}`),
            h("ol", { class: "changes" }, fleet.changes.map(changeItem))) : null);
}

function changeItem({ kind, name, from, to, reason, ageSeconds }) {
    const what = kind === "upstream" ? `${name} (upstream)` : name;
    return h("li", null, h("span", { class: "when" }, `${age(ageSeconds)} ago `),
        to ? `${what} to ${to}` : `${what} has nobody`, `: ${reasons[reason](from)}`);
}

// Tables.

const shardLevels = { ready: "good", joining: "busy", draining: "busy", lost: "bad" };

function shards(fleet) {
    const heaviest = Math.max(1, ...fleet.shards.map((shard) => shard.load));
    const rows = fleet.shards.map((shard) => ({
        key: shard.id,
        cells: [
            linked(shard.id, shard.url), state(shardLevels[shard.state] ?? "warn", shard.state), work(shard, fleet),
            bar(shard.load / heaviest, number(shard.load, shard.load < 10 ? 2 : 0)),
            shard.heartbeatAgeSeconds === undefined ? "not yet" : `${age(shard.heartbeatAgeSeconds)} ago`,
            shard.plan ? identity(shard.plan) : "none",
        ],
        notes: [shard.problem && state("bad", shard.problem)].filter(Boolean),
    }));
    return section("shards", "Shards", rows.length
        ? table("Shards", ["shard", "state", "work", "#load", "#heard", "#plan"], rows)
        : h("p", null, "No shard has reported to this coordinator yet."),
        plainNote("Load is seconds of work a minute."));
}

function work(shard, fleet) {
    const asked = fleet.upstreams.filter((upstream) => upstream.owner === shard.id).map((upstream) => `asks ${upstream.cluster}`);
    const owned = fleet.slices.filter((slice) => slice.owner === shard.id).map((slice) => slice.id);
    const left = fleet.slices.filter((slice) => slice.former === shard.id).map((slice) => `${slice.id} (leaving)`);
    const all = [...asked, ...owned, ...left];
    return all.length ? h("ul", { class: "work" }, all.map((one) => h("li", { "data-key": one }, one))) : "none";
}

const breakerStates = { closed: ["good", "closed"], half_open: ["warn", "half open"], open: ["bad", "open"] };

function upstreams(fleet) {
    const rows = fleet.upstreams.map((upstream) => ({
        key: upstream.cluster, cells: upstreamCells(upstream), notes: upstreamNotes(upstream),
    }));
    return section("upstreams", "Upstreams: what Slurm is asked",
        table("Upstreams", ["cluster", "asked by", "asked last", "#took", "#bytes", "#records", "#duty cycle", "breaker"], rows),
        fleet.upstreams.filter((upstream) => upstream.health).map(({ cluster, health }) =>
            h("details", { "data-key": `feeds of ${cluster}` }, h("summary", null, `Each question to ${cluster}`), feeds(cluster, health))));
}

function upstreamCells({ cluster, owner, isWaiting, inFlight, health }) {
    const last = health?.feeds.filter((feed) => feed.ageSeconds !== null && feed.ageSeconds !== undefined)
        .sort((one, other) => one.ageSeconds - other.ageSeconds)[0];
    const [level, name] = breakerStates[health?.breaker] ?? ["warn", health?.breaker ?? "not told"];
    const question = inFlight.length
        ? inFlight.map((one) => `${one.feed}, for ${seconds(one.sinceSeconds)} now`).join("; ")
        : last ? `${last.feed}, ${age(last.ageSeconds)} ago` : "none so far";
    return [
        cluster, owner ? [owner, isWaiting ? [" ", state("busy", "waiting")] : null] : state("bad", "nobody"), question,
        seconds(last?.durationSeconds), bytes(last?.bytes), number(last?.records), percent(health?.dutyCycle), state(level, name),
    ];
}

function upstreamNotes({ cluster, health }) {
    if (!health) return [];
    const failing = health.feeds.filter((feed) => feed.error);
    return [
        health.pausedForSeconds > 0 ? state("warn", `nothing is asked for ${seconds(health.pausedForSeconds)} more`) : null,
        ...failing.map((feed) => state("bad", `${feed.feed}: ${feed.error}`)),
        h("span", { class: "note" }, `at ${health.address}${health.tokenExpires ? `; the token expires ${health.tokenExpires}` : ""}`),
    ].filter(Boolean);
}

function feeds(cluster, health) {
    return table(`Questions to ${cluster}`, ["question", "state", "#every", "#answered", "#took", "#bytes", "#records"],
        health.feeds.map((feed) => ({
            key: feed.feed,
            cells: [
                feed.feed, feed.error ? state("bad", "failed") : feed.ageSeconds === undefined ? state("busy", "not yet") : state("good", "answered"),
                seconds(feed.intervalSeconds), feed.ageSeconds === undefined ? "–" : `${age(feed.ageSeconds)} ago`,
                seconds(feed.durationSeconds), bytes(feed.bytes), number(feed.records),
            ],
        })));
}

const sliceLevels = { serving: "good", warming: "busy", assigned: "busy" };

function slices(fleet) {
    const rows = [...fleet.slices].sort((one, other) => Boolean(isMoving(other)) - Boolean(isMoving(one))).map((slice) => ({
        key: slice.id,
        cells: [
            slice.id,
            isLive(slice.current, fleet)
                ? state(isServed(slice, fleet) ? sliceLevels[slice.state] ?? "warn" : "warn", slice.state)
                : state("bad", "not served"),
            slice.owner ?? "nobody", slice.former ?? "–", age(slice.ageSeconds), number(slice.weight, slice.weight < 10 ? 2 : 0),
            h("code", null, slice.prefix),
        ],
    }));
    return section("slices", "Slices",
        table("Slices", ["slice", "state", "owner", "before", "#age", "#weight", "prefix"], rows));
}

function coordinators(list) {
    const role = ({ leads }) => leads === true ? state("good", "leads")
        : leads === false ? state("good", "stands by") : state("warn", "doesn't answer");
    return section("coordinators", "Coordinators", table("Coordinators", ["coordinator", "state", "preference", "#epoch"],
        list.map((one) => ({ key: one.name, cells: [linked(one.name, one.url), role(one), one.mode ?? "–", number(one.epoch)] }))));
}

function targets(list) {
    const rows = list.map((target) => ({
        key: target.instance,
        cells: [
            target.instance,
            target.isUp === true ? state("good", "up") : target.isUp === false ? state("bad", "down") : state("busy", "not asked yet"),
            number(target.samples), seconds(target.durationSeconds),
        ],
        notes: target.error ? [state("bad", target.error)] : [],
    }));
    return section("targets", "Static targets", table("Static targets", ["target", "state", "#samples", "#took"], rows));
}
