/* The words beside the picture. Text from articles gets here through textContent only; nothing reads markup. */
const panel = (() => {
  const { KINDS, kindOf, STATUS } = look;
  const { data, nodes, strands, near, now } = view;
  const box = document.getElementById("panel");
  const MOST = 120; // rows of one list before somebody asks for more

  function el(tag, { text, kind, ...attributes } = {}, ...children) {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  function button(text, action, attributes = {}) {
    const made = el("button", { text, type: "button", ...attributes });
    made.addEventListener("click", action);
    return made;
  }
  function open(...content) {
    const inside = box.contains(document.activeElement);
    const close = button("×", () => page.clear(), { kind: "close", "aria-label": "Close" });
    box.replaceChildren(close, ...content);
    box.hidden = false;
    box.scrollTop = 0;
    if (inside) box.focus({ preventScroll: true });
  }
  function row(parts, action, ...tags) {
    const made = el("button", { kind: "row", type: "button" }, el("span", { text: parts, dir: "auto" }), ...tags);
    made.addEventListener("click", action);
    return el("li", {}, made);
  }
  /* A list of which the first rows are made at once and the others when asked for; `items` make the rows. */
  function list(title, items) {
    if (!items.length) return [];
    const made = el("ul");
    const add = (from, to) => made.append(...items.slice(from, to).map((item) => item()));
    add(0, MOST);
    const rest = items.length - MOST;
    const more = rest > 0 ? [button(`${rest} more`, (event) => { event.target.remove(); add(MOST); })] : [];
    return [el("h3", { text: title }), made, ...more];
  }
  const tagOf = (status) => el("span", { kind: `tag ${status}`, text: STATUS[status].name.split(" ")[0], title: STATUS[status].say });

  function webAddress(url) {
    try {
      return ["http:", "https:"].includes(new URL(url).protocol);
    } catch {
      return false;
    }
  }
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
  function quote(evidence) {
    const block = el("blockquote", { dir: "auto" });
    if (evidence.before) block.append(evidence.before);
    for (const [text, bears] of evidence.words) block.append(bears ? el("mark", { text }) : text);
    if (evidence.after) block.append(evidence.after);
    const facts = el("dl");
    const fact = (name, value) => value && facts.append(el("dt", { text: name }), el("dd", { text: value, dir: "auto" }));
    fact("Who says so", evidence.speaker || view.ITSELF);
    const stance = [evidence.certainty, evidence.polarity === "negative" ? "denied" : "", evidence.tense, evidence.conditional ? "conditional" : ""];
    fact("How surely", stance.filter(Boolean).join(", "));
    fact("Confidence", evidence.confidence === null ? "" : evidence.confidence.toFixed(2));
    fact("Read by rule", evidence.rule);
    return [block, sourceOf(evidence.article), facts];
  }
  function relation(edge, title) {
    const made = el("section", { kind: "relation" });
    made.append(el("p", {}, el("strong", { text: title, dir: "auto" }), " ", tagOf(edge.status)));
    if (!edge.evidence.length) made.append(el("p", { kind: "soft", text: "Derived; no words of its own." }));
    const fit = edge.evidence.filter((e) => e.on !== false);
    for (const evidence of fit.length ? fit : edge.evidence) made.append(...quote(evidence));
    const rest = edge.more + (fit.length ? edge.evidence.length - fit.length : 0);
    if (rest) made.append(el("p", { kind: "soft", text: `and ${rest} more place${rest === 1 ? "" : "s"}` }));
    return made;
  }

  function strand(id, firstEdge) {
    const line = strands.get(id);
    const ends = [line.from, line.to].map((end) => row(nodes.get(end).label, () => page.openNode(end)));
    const edges = [...line.edges].sort((a, b) => (b === firstEdge) - (a === firstEdge) || (b.on === true) - (a.on === true));
    open(el("h2", { text: `${nodes.get(line.from).label} → ${nodes.get(line.to).label}`, dir: "auto" }),
      ...edges.slice(0, 40).map((edge) => relation(edge, edge.label)), el("h3", { text: "Between" }), el("ul", {}, ...ends));
  }
  function phrase(line, edge, id) {
    const [from, to] = [nodes.get(line.from).label, nodes.get(line.to).label];
    if (line.layer === "role") return line.from === id ? `${edge.label}: ${to}` : `${edge.label} of ${from}`;
    if (line.layer === "said") return line.from === id ? `spoke of ${to}` : `${from} spoke of it`;
    return line.from === id ? `${edge.label} → ${to}` : `${from} → ${edge.label}`;
  }
  /* When an edge was so: the date of the event at its end, else the first article that tells it. */
  function when(line, edge) {
    const time = nodes.get(line.from).time || nodes.get(line.to).time;
    if (time) return time;
    return edge.evidence.map((e) => data.articles[e.article].date).filter(Boolean).sort()[0] || "";
  }
  function timeline(id, edges) {
    const dated = edges.map(([line, edge]) => [when(line, edge), line, edge]).filter(([date]) => view.day(date) !== null);
    dated.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    if (new Set(dated.map(([date]) => date)).size < 2) return [];
    const items = dated.map(([date, line, edge]) => () =>
      row(phrase(line, edge, id), () => page.openStrand(line.id, edge), el("time", { kind: "soft", text: date })));
    return list("Timeline", items);
  }
  function node(id) {
    const it = nodes.get(id), lines = near.get(id);
    const edges = lines.flatMap((line) => line.edges.map((edge) => [line, edge]));
    const fit = edges.filter(([line]) => line.on !== false || view.pinned.has(line.id));
    const item = ([line, edge]) => () =>
      row(phrase(line, edge, id), () => page.openStrand(line.id, edge), ...(line.layer === "said" ? [] : [tagOf(edge.status)]));
    const facts = fit.filter(([line]) => line.layer !== "said"), said = fit.filter(([line]) => line.layer === "said");
    const about = [el("p", { kind: "soft", text: [...new Set([KINDS[kindOf(it)].name, ...it.types])].join(", "), dir: "auto" })];
    if (it.titles.length) about.push(el("p", { text: it.titles.join("; "), dir: "auto" }));
    if (it.names.length) about.push(el("p", { kind: "soft", text: `Also: ${it.names.join(", ")}`, dir: "auto" }));
    if (it.articles) about.push(el("p", { kind: "soft", text: `In ${it.articles} article${it.articles === 1 ? "" : "s"}` }));
    for (const [name, value] of it.notes || []) about.push(el("p", { kind: "soft", text: `${name}: ${value}` }));
    const hidden = lines.filter((line) => !now.live.strands.has(line.id)).length;
    if (hidden) {
      about.push(button(`Expand neighbours (${hidden} more line${hidden === 1 ? "" : "s"})`, () => page.expand(id), { id: "expand" }));
    }
    open(el("h2", { text: it.label, dir: "auto" }), ...about,
      ...it.values.map((edge) => relation(edge, `${edge.label}: ${edge.value}`)), ...list("Facts and claims", facts.map(item)),
      ...timeline(id, facts), ...list("Said", said.map(item)));
    return lines;
  }
  function contents() {
    const live = ({ id }) => !view.filtered() || now.live.nodes.has(id);
    const named = data.nodes.filter((it) => !["Concept", "Amount", "Event"].includes(kindOf(it)) && live(it));
    const events = data.nodes.filter((it) => it.kind === "Event" && live(it));
    const item = (it) => () => row([it.label, ...it.detail].join(" · "), () => page.openNode(it.id), el("small", { text: KINDS[kindOf(it)].name }));
    open(el("h2", { text: data.title, dir: "auto" }), ...findings(), ...list("Names", named.map(item)), ...list("Events", events.map(item)),
      ...list("Articles", data.articles.map((_, i) => () => el("li", {}, sourceOf(i)))), ...keys());
  }
  function findings() {
    return data.findings.flatMap(({ title, about, rows }) => {
      const items = rows.map(([id, label, words]) => () =>
        row(label, () => nodes.has(id) && page.openNode(id), el("small", { text: words, dir: "auto" })));
      const [head, ...rest] = list(title, items);
      return head ? [head, el("p", { kind: "soft", text: about }), ...rest] : [];
    });
  }
  function keys() {
    const rows = [["/", "find a name"], ["Tab", "to the picture, then"], ["arrows, +, −, 0", "move, closer, farther, all of it"],
      ["n, p", "the next or the previous thing, the most connected first"], ["e", "its neighbours"], ["Esc", "close"]];
    return [el("h3", { text: "Keys" }), el("dl", {}, ...rows.flatMap(([key, what]) => [el("dt", { text: key }), el("dd", { text: what })]))];
  }

  return { box, el, button, node, strand, contents };
})();
