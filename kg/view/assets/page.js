/* Draws the page's own data with vis-network. Text from articles reaches the page through textContent and the
   canvas only; nothing here reads markup, and nothing asks the network. */
(() => {
  const { dark, FACE, KINDS, kindOf, STATUS, SAID, style, theme, outline, shapeOf, words } = look;
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const strands = new Map(data.strands.map((strand) => [strand.id, strand]));
  const panel = byId("panel");
  const search = byId("search");
  const hits = byId("hits");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  // ---- what is there, and what is in the light ----------------------------------------------------------------
  const shown = { asserted: true, reported: true, possible: false, denied: false, said: true, events: true, more: false };
  const pinned = new Set(); // nodes and lines that somebody asked for though they are not there at first sight
  let focus = null; // {nodes, strands} that stand out, or null
  let live = { nodes: new Set(), strands: new Set() };

  const drawNode = ({ ctx, id, x, y, state }) => {
    const node = nodes.get(id);
    return {
      drawNode() {
        const kind = kindOf(node);
        const ink = (dark.matches ? KINDS[kind].dark : KINDS[kind].light)[2];
        ctx.globalAlpha = !focus || focus.nodes.has(id) ? 1 : 0.16;
        if (focus && focus.centre === id) {
          outline(ctx, KINDS[kind].shape, x, y, node.w + 9, node.h + 9);
          ctx.lineWidth = 3;
          ctx.strokeStyle = theme().glow;
          ctx.stroke();
        }
        shapeOf(ctx, kind, x, y, node.w, node.h, state.hover ? 3 : 1.5);
        const bold = node.leads ? "600 " : "";
        const row = node.size * 1.22;
        let top = y - (node.lines.length * row + node.detail.length * 15) / 2 + row / 2;
        for (const line of node.lines) {
          words(ctx, line, x, top, `${bold}${node.size}px ${FACE}`, ink, node.w - 8);
          top += row;
        }
        top += (15 - row) / 2;
        for (const line of node.detail) {
          words(ctx, line, x, top, `13px ${FACE}`, ink, node.w - 8);
          top += 15;
        }
      },
      nodeDimensions: { width: node.w, height: node.h },
    };
  };

  const allowed = (node) => pinned.has(node.id) || ((shown.more || node.first || node.wanted) && (shown.events || node.kind !== "Event"));
  function standing(strand) {
    if (pinned.has(strand.id)) return true;
    if (strand.layer === "said") return shown.said && (strand.first || shown.more);
    return shown[strand.status === "disputed" ? "denied" : strand.status];
  }
  function choose() {
    // a possible or denied edge that is asked for brings its ends with it, hidden at first or not
    for (const node of nodes.values()) node.wanted = false;
    for (const strand of strands.values()) {
      if (!["asserted", "reported"].includes(strand.status) && standing(strand)) {
        nodes.get(strand.from).wanted = nodes.get(strand.to).wanted = true;
      }
    }
    live = { nodes: new Set(), strands: new Set() };
    for (const strand of strands.values()) {
      if (!standing(strand) || !allowed(nodes.get(strand.from)) || !allowed(nodes.get(strand.to))) continue;
      live.strands.add(strand.id);
      live.nodes.add(strand.from).add(strand.to);
    }
    for (const id of pinned) if (nodes.has(id)) live.nodes.add(id);
    if (!strands.size) for (const id of nodes.keys()) live.nodes.add(id);
  }

  // ---- vis-network ---------------------------------------------------------------------------------------------
  const tip = (strand) => `${nodes.get(strand.from).label} → ${strand.edges.map((e) => e.label).slice(0, 5).join(", ")} → ${nodes.get(strand.to).label}`;
  const visNodes = new vis.DataSet(data.vis.nodes.map((node) => ({ ...node, ctxRenderer: drawNode })));
  const visEdges = new vis.DataSet(data.vis.edges.map((edge) => ({ ...edge, title: tip(strands.get(edge.id)) })));
  const network = new vis.Network(byId("graph"), { nodes: visNodes, edges: visEdges }, data.vis.options);

  function show() {
    choose();
    visNodes.update([...nodes.keys()].map((id) => ({ id, hidden: !live.nodes.has(id) })));
    paintEdges();
    count();
  }
  function paintEdges() {
    visEdges.update([...strands.values()].map((strand) => {
      const line = style(strand);
      const lit = !focus || focus.strands.has(strand.id);
      return {
        id: strand.id, hidden: !live.strands.has(strand.id), dashes: line.dashes,
        width: line.width + (focus && lit ? 0.8 : 0), hoverWidth: 1,
        arrows: { to: { enabled: strand.layer !== "role" } },
        color: { color: line.colour, hover: line.colour, highlight: line.colour, opacity: lit ? (strand.layer === "said" && !focus ? 0.6 : 1) : 0.1 },
      };
    }));
    labels = null;
  }
  function count() {
    const s = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
    const links = [...live.strands].reduce((sum, id) => sum + strands.get(id).edges.length, 0);
    const rest = data.leftOut ? ` · ${data.leftOut} less connected left out` : "";
    byId("counts").textContent = `${s(data.articles.length, "article")} · ${s(live.nodes.size, "thing")} · ${s(links, "link")}${rest}`;
  }

  // Words on lines: each takes the first place along its line where it covers no name and no other words.
  let labels = null;
  function layLabels(ctx) {
    labels = [];
    const taken = [...live.nodes].map((id) => {
      const { x, y } = network.getPosition(id);
      const { w, h } = nodes.get(id);
      return [x - w / 2 - 3, y - h / 2 - 2, x + w / 2 + 3, y + h / 2 + 2];
    });
    const rank = (s) => (focus && focus.strands.has(s.id) ? 0 : 10) + { fact: 0, role: 2, said: 4 }[s.layer] + (s.status === "asserted" ? 0 : 1);
    const order = [...live.strands].map((id) => strands.get(id)).sort((a, b) => rank(a) - rank(b));
    for (const strand of order) {
      if (focus ? !focus.strands.has(strand.id) : strand.layer === "said") continue;
      const small = strand.layer !== "fact";
      const mark = strand.status === "denied" ? "not: " : strand.status === "disputed" ? "disputed: " : "";
      const tries = [[strand.lines, small ? 12 : 13], [strand.lines.slice(0, 1), 11.5]];
      for (const [lines, size] of tries) {
        ctx.font = `${size}px ${FACE}`;
        const texts = lines.map((line, i) => (i ? line : mark + line));
        const w = Math.max(...texts.map((line) => ctx.measureText(line).width)) + 6;
        const h = texts.length * size * 1.2 + 2;
        const label = spot(strand, w, h, taken, focus !== null && lines.length === 1);
        if (!label) continue;
        labels.push({ ...label, id: strand.id, texts, size, colour: small && strand.layer === "role" ? (dark.matches ? "#a0a9b8" : "#5b6576") : style(strand).colour });
        taken.push(label.box);
        break;
      }
    }
  }
  function spot(strand, w, h, taken, force) {
    const line = network.body.edges[strand.id].edgeType;
    const box = ({ x, y }) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
    const free = (a) => taken.every((b) => a[2] <= b[0] || a[0] >= b[2] || a[3] <= b[1] || a[1] >= b[3]);
    for (const t of [strand.at, 0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8]) {
      const at = line.getPoint(t);
      if (free(box(at))) return { x: at.x, y: at.y, box: box(at) };
    }
    const at = line.getPoint(0.5);
    return force ? { x: at.x, y: at.y, box: box(at) } : null;
  }
  network.on("afterDrawing", (ctx) => {
    if (network.getScale() < 0.42 && !focus) return;
    if (!labels) layLabels(ctx);
    ctx.save();
    for (const { x, y, box, texts, size, colour } of labels) {
      ctx.globalAlpha = 0.88;
      ctx.fillStyle = theme().bg;
      ctx.fillRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
      ctx.globalAlpha = 1;
      texts.forEach((text, i) => words(ctx, text, x, y + (i - (texts.length - 1) / 2) * size * 1.2, `${size}px ${FACE}`, colour));
    }
    ctx.restore();
  });

  // ---- looking about --------------------------------------------------------------------------------------------
  const gentle = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const panelWidth = () => (panel.hidden || window.innerWidth <= 760 ? 0 : panel.offsetWidth + 12);
  const panelHeight = () => (panel.hidden || window.innerWidth > 760 ? 0 : panel.offsetHeight);
  function frame(ids, { most = 1.4, animation = false } = {}) {
    let [l, t, r, b] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const { x, y } = network.getPosition(id);
      const { w, h } = nodes.get(id);
      [l, t, r, b] = [Math.min(l, x - w / 2), Math.min(t, y - h / 2), Math.max(r, x + w / 2), Math.max(b, y + h / 2)];
    }
    if (l > r) return;
    const room = byId("graph").getBoundingClientRect();
    const width = room.width - panelWidth() - 28, height = room.height - panelHeight() - 28;
    const scale = Math.min(most, width / (r - l), height / (b - t));
    const offset = { x: -panelWidth() / 2, y: -panelHeight() / 2 };
    network.moveTo({ position: { x: (l + r) / 2, y: (t + b) / 2 }, scale, offset, animation });
  }
  const whole = (animation = false) => frame(live.nodes, { animation });

  function light(centre, strandIds) {
    focus = { centre, nodes: new Set(centre ? [centre] : []), strands: new Set(strandIds) };
    for (const id of strandIds) focus.nodes.add(strands.get(id).from).add(strands.get(id).to);
    paintEdges();
    network.redraw();
  }
  function clear() {
    focus = null;
    panel.hidden = true;
    byId("contents").setAttribute("aria-expanded", "false");
    paintEdges();
    network.redraw();
  }

  // ---- the panel --------------------------------------------------------------------------------------------------
  function el(tag, { text, kind, ...attributes } = {}, ...children) {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  function open(...content) {
    const close = el("button", { text: "×", kind: "close", type: "button", "aria-label": "Close" });
    close.addEventListener("click", clear);
    panel.replaceChildren(close, ...content);
    panel.hidden = false;
    panel.scrollTop = 0;
  }
  function row(parts, action, tag) {
    const button = el("button", { kind: "row", type: "button" }, el("span", { text: parts, dir: "auto" }));
    if (tag) button.append(tag);
    button.addEventListener("click", action);
    return el("li", {}, button);
  }
  const tagOf = (status) => el("span", { kind: `tag ${status}`, text: STATUS[status].name.split(" ")[0], title: STATUS[status].say });

  function sourceOf(number) {
    const article = data.articles[number];
    const made = el("p", { kind: "source" });
    const name = article.title || article.id || "article";
    if (webAddress(article.url)) {
      made.append(el("a", { text: name, href: article.url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }));
    } else made.append(el("span", { text: name, dir: "auto" }));
    const rest = [article.publisher, article.date].filter(Boolean).join(", ");
    if (rest) made.append(el("span", { kind: "soft", text: ` — ${rest}`, dir: "auto" }));
    return made;
  }
  function webAddress(url) {
    try {
      return ["http:", "https:"].includes(new URL(url).protocol);
    } catch {
      return false;
    }
  }
  function quote(evidence) {
    const block = el("blockquote", { dir: "auto" });
    if (evidence.before) block.append(evidence.before);
    for (const [text, bears] of evidence.words) block.append(bears ? el("mark", { text }) : text);
    if (evidence.after) block.append(evidence.after);
    const facts = el("dl");
    const fact = (name, value) => value && facts.append(el("dt", { text: name }), el("dd", { text: value, dir: "auto" }));
    fact("Who says so", evidence.speaker || "the article itself");
    const stance = [evidence.certainty, evidence.polarity === "negative" ? "denied" : "", evidence.tense, evidence.conditional ? "conditional" : ""];
    fact("How surely", stance.filter(Boolean).join(", "));
    fact("Confidence", evidence.confidence === null ? "" : evidence.confidence.toFixed(2));
    fact("Read by rule", evidence.rule);
    return [block, sourceOf(evidence.article), facts];
  }
  function relation(edge, title) {
    const made = el("section", { kind: "relation" });
    const head = el("p", {}, el("strong", { text: title, dir: "auto" }), " ", tagOf(edge.status));
    made.append(head);
    if (!edge.evidence.length) made.append(el("p", { kind: "soft", text: "Derived; no words of its own." }));
    for (const evidence of edge.evidence) made.append(...quote(evidence));
    if (edge.more) made.append(el("p", { kind: "soft", text: `and ${edge.more} more places` }));
    return made;
  }
  function openStrand(id, firstEdge) {
    const strand = strands.get(id);
    reveal(strand.from, strand.to, id);
    const ends = [strand.from, strand.to].map((end) => row(nodes.get(end).label, () => openNode(end)));
    const edges = [...strand.edges].sort((a, b) => (b === firstEdge) - (a === firstEdge));
    open(el("h2", { text: `${nodes.get(strand.from).label} → ${nodes.get(strand.to).label}`, dir: "auto" }),
      ...edges.map((edge) => relation(edge, edge.label)), el("h3", { text: "Between" }), el("ul", {}, ...ends));
    light(null, [id]);
    inView([strand.from, strand.to]);
  }
  function reveal(...ids) {
    const before = pinned.size;
    for (const id of ids) if (!live.nodes.has(id) && !live.strands.has(id)) pinned.add(id);
    if (pinned.size > before) show();
  }
  function phrase(strand, edge, id) {
    const [from, to] = [nodes.get(strand.from).label, nodes.get(strand.to).label];
    if (strand.layer === "role") return strand.from === id ? `${edge.label}: ${to}` : `${edge.label} of ${from}`;
    if (strand.layer === "said") return strand.from === id ? `spoke of ${to}` : `${from} spoke of it`;
    return strand.from === id ? `${edge.label} → ${to}` : `${from} → ${edge.label}`;
  }
  function openNode(id) {
    reveal(id);
    const node = nodes.get(id);
    const near = [...strands.values()].filter((s) => s.from === id || s.to === id);
    const list = (title, items) => (items.length ? [el("h3", { text: title }), el("ul", {}, ...items)] : []);
    const line = (s, edge) => row(phrase(s, edge, id), () => openStrand(s.id, edge), s.layer === "said" ? null : tagOf(edge.status));
    const facts = near.filter((s) => s.layer !== "said").flatMap((s) => s.edges.map((edge) => line(s, edge)));
    const said = near.filter((s) => s.layer === "said").flatMap((s) => s.edges.map((edge) => line(s, edge)));
    const kinds = [...new Set([KINDS[kindOf(node)].name, ...node.types])].join(", ");
    const about = [el("p", { kind: "soft", text: kinds, dir: "auto" })];
    if (node.titles.length) about.push(el("p", { text: node.titles.join("; "), dir: "auto" }));
    if (node.names.length) about.push(el("p", { kind: "soft", text: `Also: ${node.names.join(", ")}`, dir: "auto" }));
    if (node.articles) about.push(el("p", { kind: "soft", text: `In ${node.articles} article${node.articles === 1 ? "" : "s"}` }));
    open(el("h2", { text: node.label, dir: "auto" }), ...about,
      ...node.values.map((edge) => relation(edge, `${edge.label}: ${edge.value}`)), ...list("Facts and claims", facts), ...list("Said", said));
    light(id, near.map((s) => s.id).filter((s) => live.strands.has(s)));
    inView([id]);
  }
  function openContents() {
    const named = data.nodes.filter((node) => !["Concept", "Amount", "Event"].includes(kindOf(node)));
    const events = data.nodes.filter((node) => node.kind === "Event");
    const list = (title, items) => (items.length ? [el("h3", { text: title }), el("ul", {}, ...items)] : []);
    const item = (node) => row([node.label, ...node.detail].join(" · "), () => openNode(node.id), el("small", { text: KINDS[kindOf(node)].name }));
    open(el("h2", { text: data.title, dir: "auto" }), ...list("Names", named.map(item)), ...list("Events", events.map(item)),
      el("h3", { text: "Articles" }), ...data.articles.map((_, i) => sourceOf(i)));
    byId("contents").setAttribute("aria-expanded", "true");
    panel.focus({ preventScroll: true });
  }
  function inView(ids) {
    const room = byId("graph").getBoundingClientRect();
    const hidden = ids.some((id) => {
      const at = network.canvasToDOM(network.getPosition(id));
      return at.x < 30 || at.y < 20 || at.x > room.width - panelWidth() - 30 || at.y > room.height - panelHeight() - 20;
    });
    if (hidden) frame(ids, { most: Math.max(0.9, Math.min(network.getScale(), 1.4)), animation: gentle() });
  }

  // ---- search -------------------------------------------------------------------------------------------------------
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const index = data.nodes.map((node) => ({ node, keys: [node.label, ...node.names].map(plain) }));
  let found = [], chosen = 0;
  function find() {
    const wanted = plain(search.value.trim());
    const score = (keys) => Math.min(...keys.map((key) => (key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(` ${wanted}`) ? 2 : key.includes(wanted) ? 3 : 9)));
    found = wanted ? index.map(({ node, keys }) => [score(keys), node]).filter(([s]) => s < 9).sort((a, b) => a[0] - b[0]).slice(0, 9).map(([, node]) => node) : [];
    chosen = 0;
    listHits(wanted);
  }
  function listHits(wanted) {
    hits.replaceChildren(...found.map((node, i) => {
      const item = el("li", { role: "option", id: `hit${i}`, "aria-selected": String(i === chosen) },
        el("span", { text: node.label, dir: "auto" }), " ", el("small", { text: KINDS[kindOf(node)].name }));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(node); });
      return item;
    }));
    if (wanted && !found.length) hits.append(el("li", { kind: "none", text: "No such name here" }));
    hits.hidden = !wanted;
    search.setAttribute("aria-expanded", String(!hits.hidden));
    if (found.length) search.setAttribute("aria-activedescendant", `hit${chosen}`);
    else search.removeAttribute("aria-activedescendant");
  }
  function take(node) {
    hits.hidden = true;
    search.setAttribute("aria-expanded", "false");
    openNode(node.id);
    const near = [...live.strands].map((id) => strands.get(id)).filter((s) => s.from === node.id || s.to === node.id);
    frame([node.id, ...near.flatMap((s) => [s.from, s.to])], { most: 1.3, animation: gentle() });
  }
  search.addEventListener("input", find);
  search.addEventListener("blur", () => { hits.hidden = true; });
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + found.length) % (found.length || 1);
      listHits(search.value.trim());
      event.preventDefault();
    } else if (event.key === "Enter" && found.length) take(found[chosen]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!hits.hidden || search.value) { search.value = ""; hits.hidden = true; }
      clear();
    } else if (event.key === "/" && document.activeElement !== search) {
      search.focus();
      event.preventDefault();
    }
  });

  // ---- the legend ----------------------------------------------------------------------------------------------------
  function swatch(width, paint) {
    const ratio = window.devicePixelRatio || 1;
    const canvas = el("canvas", { width: width * ratio, height: 16 * ratio, "aria-hidden": "true" });
    canvas.style.width = `${width}px`;
    canvas.style.height = "16px";
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    paint(ctx);
    return canvas;
  }
  function lineSwatch(look, colour) {
    return swatch(34, (ctx) => {
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.lineWidth = look.width;
      ctx.setLineDash(look.dashes || []);
      ctx.beginPath();
      ctx.moveTo(1, 8);
      ctx.lineTo(27, 8);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(33, 8);
      ctx.lineTo(26, 4.5);
      ctx.lineTo(26, 11.5);
      ctx.fill();
    });
  }
  function legend() {
    const present = new Set(data.nodes.map(kindOf));
    byId("kinds").replaceChildren(...Object.keys(KINDS).filter((kind) => present.has(kind)).map((kind) =>
      el("span", {}, swatch(24, (ctx) => shapeOf(ctx, kind, 12, 8, 21, 13, 1.3)), KINDS[kind].name)));
    const has = (test) => [...strands.values()].some(test);
    const rows = [
      ["asserted", STATUS.asserted, has((s) => s.status === "asserted" && s.layer !== "said")],
      ["reported", STATUS.reported, has((s) => s.status === "reported")],
      ["possible", STATUS.possible, has((s) => s.status === "possible")],
      ["denied", { ...STATUS.denied, name: "denied or disputed" }, has((s) => ["denied", "disputed"].includes(s.status))],
      ["said", SAID, has((s) => s.layer === "said")],
      ["events", { name: "events" }, present.has("Event")],
      ["more", { name: "lesser things" }, data.nodes.some((node) => !node.first)],
    ];
    byId("toggles").replaceChildren(...rows.filter(([, , there]) => there).map(([key, look]) => {
      const box = el("input", { type: "checkbox", id: `show-${key}` });
      box.checked = shown[key];
      box.addEventListener("change", () => {
        shown[key] = box.checked;
        if (!box.checked) pinned.clear();
        show();
        if (box.checked && !focus) whole(gentle());
      });
      const line = look.width ? [lineSwatch(look, dark.matches ? look.dark : look.light)] : [];
      return el("label", look.say ? { title: look.say } : {}, box, ...line, look.name);
    }));
  }

  // ---- start --------------------------------------------------------------------------------------------------------
  network.on("click", ({ nodes: [node], edges: [edge], pointer: { canvas: at } }) => {
    const label = (labels || []).find(({ box }) => at.x >= box[0] && at.x <= box[2] && at.y >= box[1] && at.y <= box[3]);
    if (node) openNode(node);
    else if (label || edge) openStrand(label ? label.id : edge);
    else clear();
  });
  network.on("dragging", () => { labels = null; });
  network.on("dragEnd", ({ nodes: moved }) => { if (moved.length) { labels = null; network.redraw(); } });
  for (const event of ["hoverNode", "hoverEdge"]) network.on(event, () => { byId("graph").style.cursor = "pointer"; });
  for (const event of ["blurNode", "blurEdge"]) network.on(event, () => { byId("graph").style.cursor = ""; });
  byId("whole").addEventListener("click", () => whole(gentle()));
  byId("contents").addEventListener("click", () => (panel.hidden || byId("contents").getAttribute("aria-expanded") !== "true" ? openContents() : clear()));
  dark.addEventListener("change", () => { legend(); show(); });
  let framed = true; // the whole stays in view when the window changes, until somebody looks closer
  for (const event of ["zoom", "dragStart"]) network.on(event, () => { framed = false; });
  window.addEventListener("resize", () => { if (framed && !focus) setTimeout(() => whole(), 60); });
  if (window.innerWidth <= 760) byId("legend").open = false;
  byId("empty").hidden = data.nodes.length > 0;
  legend();
  show();
  whole();
  // on a small screen the whole is too small to read: begin at the node that matters most
  if (network.getScale() < 0.45 && data.nodes.length) network.moveTo({ position: network.getPosition(data.nodes[0].id), scale: 0.6 });
  document.body.dataset.ready = "true";
  // for tests and for whoever writes a page around this one
  window.kgView = {
    network, openNode, openStrand, whole,
    state: () => ({ nodes: [...live.nodes], strands: [...live.strands], labels: (labels || []).map((l) => ({ id: l.id, box: l.box, texts: l.texts })) }),
  };
})();
