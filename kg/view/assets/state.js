/* What the page holds and what of it is shown: toggles, filters, the light, and the address that says all this. */
const view = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const strands = new Map(data.strands.map((strand) => [strand.id, strand]));
  const near = new Map(data.nodes.map((node) => [node.id, []]));
  for (const strand of data.strands) for (const end of new Set([strand.from, strand.to])) near.get(end).push(strand);
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // of a large graph all things are shown, and who spoke of whom is not: it would lie over everything like a haze
  const START = { asserted: true, reported: true, possible: false, denied: false, said: !data.large, more: data.large };
  const EMPTY = { article: "", by: "", relation: "", from: "", to: "" };
  const shown = { ...START };
  const filter = { ...EMPTY };
  const without = { kinds: new Set(), sure: new Set() }; // kinds of things and degrees of certainty left out
  const pinned = new Set(); // nodes and lines that somebody asked for though they are not there at first sight
  const spread = new Set(); // nodes whose neighbours somebody asked for
  const now = { focus: null, open: "", live: { nodes: new Set(), strands: new Set() } };

  // ---- dates, in days; "2024" and "2024-02" count as their first day ---------------------------------------------
  const DAY = 86400000;
  const day = (text) => {
    const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text);
    return found ? Math.round(Date.UTC(+found[1], +(found[2] || 1) - 1, +(found[3] || 1)) / DAY) : null;
  };
  const iso = (number) => new Date(number * DAY).toISOString().slice(0, 10);
  const days = data.articles.map((article) => day(article.date));

  // ---- filters: an edge holds where some of its words do -----------------------------------------------------------
  const ITSELF = "the article itself";
  function fitting() {
    const says = plain(filter.by.trim()), told = plain(filter.article.trim());
    const from = day(filter.from), to = day(filter.to);
    const articles = data.articles.map((article, i) =>
      (!told || plain(`${article.title} ${article.publisher} ${article.id}`).includes(told))
      && (from === null || (days[i] !== null && days[i] >= from)) && (to === null || (days[i] !== null && days[i] <= to)));
    const voices = data.voices.map((voice) => !says || plain(voice).includes(says));
    const itself = !says || ITSELF.includes(says);
    return (e) => articles[e.article] && !without.sure.has(e.certainty)
      && (e.voices.length ? e.voices.some((voice) => voices[voice]) : itself);
  }
  const narrow = () => Boolean(filter.article || filter.by || filter.relation);
  const filtered = () => narrow() || Boolean(filter.from || filter.to || without.sure.size);
  function sift() {
    const fits = fitting(), wanted = plain(filter.relation.trim()), bare = !filtered();
    for (const strand of data.strands) {
      strand.on = false;
      for (const edge of strand.edges) {
        for (const e of edge.evidence) e.on = bare || fits(e);
        edge.on = bare || ((!wanted || plain(edge.label).includes(wanted)) && edge.evidence.some((e) => e.on));
        strand.on ||= edge.on;
      }
    }
  }

  // ---- what is there ------------------------------------------------------------------------------------------------
  const allowed = (node) => pinned.has(node.id)
    || (!without.kinds.has(look.kindOf(node)) && (shown.more || node.first || node.wanted || narrow()));
  function standing(strand) {
    if (pinned.has(strand.id)) return true;
    if (!strand.on) return false;
    if (strand.layer === "said") return shown.said && (strand.first || shown.more || narrow());
    return shown[strand.status === "disputed" ? "denied" : strand.status];
  }
  function choose() {
    sift();
    // a possible or denied edge that is asked for brings its ends with it, hidden at first or not
    for (const node of data.nodes) node.wanted = false;
    for (const strand of data.strands) {
      if (!["asserted", "reported"].includes(strand.status) && standing(strand)) {
        nodes.get(strand.from).wanted = nodes.get(strand.to).wanted = true;
      }
    }
    const live = { nodes: new Set(), strands: new Set() };
    for (const strand of data.strands) {
      if (!standing(strand) || !allowed(nodes.get(strand.from)) || !allowed(nodes.get(strand.to))) continue;
      live.strands.add(strand.id);
      live.nodes.add(strand.from).add(strand.to);
    }
    for (const id of pinned) if (nodes.has(id)) live.nodes.add(id);
    if (!strands.size) for (const id of nodes.keys()) live.nodes.add(id);
    now.live = live;
  }
  function expand(id) {
    spread.add(id);
    for (const strand of near.get(id)) pinned.add(strand.id).add(strand.from).add(strand.to);
  }

  // ---- the address: everything that somebody chose, so that it can be sent to somebody else ------------------------
  const keyed = new Map();
  for (const node of data.nodes) if (!keyed.has(node.key)) keyed.set(node.key, node.id);
  const lineKey = (s) => JSON.stringify([nodes.get(s.from).key, nodes.get(s.to).key, s.layer, s.status]);
  let lines = null;
  function lineOf(key) {
    lines ??= new Map(data.strands.map((strand) => [lineKey(strand), strand.id]));
    return lines.get(key);
  }
  function address(at) {
    const told = new URLSearchParams();
    if (Object.keys(START).some((key) => shown[key] !== START[key])) {
      told.set("show", Object.keys(START).filter((key) => shown[key]).join(","));
    }
    for (const key of Object.keys(EMPTY)) if (filter[key]) told.set(key, filter[key]);
    for (const key of ["kinds", "sure"]) if (without[key].size) told.set(`no-${key}`, [...without[key]].join(","));
    for (const id of spread) told.append("near", nodes.get(id).key);
    if (nodes.has(now.open)) told.set("node", nodes.get(now.open).key);
    if (strands.has(now.open)) told.set("line", lineKey(strands.get(now.open)));
    if (at) told.set("at", at.map((n) => +n.toPrecision(5)).join(","));
    return told.toString();
  }
  /* Takes what an address says; what it does not say or says wrongly is as at first. Gives what is to be opened. */
  function follow(text) {
    const told = new URLSearchParams(text.replace(/^#/, ""));
    const list = (key) => (told.get(key) || "").split(",").filter(Boolean);
    for (const key of Object.keys(START)) shown[key] = told.has("show") ? list("show").includes(key) : START[key];
    for (const key of Object.keys(EMPTY)) filter[key] = (told.get(key) || "").slice(0, 200);
    for (const key of ["kinds", "sure"]) {
      without[key].clear();
      for (const name of list(`no-${key}`)) without[key].add(name);
    }
    pinned.clear();
    spread.clear();
    for (const key of told.getAll("near")) if (keyed.has(key)) expand(keyed.get(key));
    const at = list("at").map(Number);
    return {
      open: keyed.get(told.get("node")) || lineOf(told.get("line")) || "",
      at: at.length === 3 && at.every(Number.isFinite) ? at : null,
    };
  }
  function reset() {
    Object.assign(filter, EMPTY);
    without.kinds.clear();
    without.sure.clear();
    pinned.clear();
    spread.clear();
  }

  return {
    data, nodes, strands, near, shown, filter, without, pinned, spread, now, plain, day, iso, days, ITSELF,
    choose, expand, filtered, address, follow, reset,
  };
})();
