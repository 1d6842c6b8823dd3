/* Joins picture, panel and tools: what a click, a key or an address does. Nothing here asks the network. */
const page = (() => {
  const { data, nodes, strands, near, now, pinned } = view;
  const byId = (id) => document.getElementById(id);
  const room = byId("graph"), box = panel.box, contents = byId("contents");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = () => window.innerWidth <= 760;
  let framed = true; // the whole stays in view when the window changes, until somebody looks closer

  const moves = () => !still.matches;
  /* How much of the picture the panel covers. */
  const covered = () => ({
    left: byId("filters").hidden || narrow() ? 0 : byId("filters").offsetWidth + 12,
    right: box.hidden || narrow() ? 0 : box.offsetWidth + 12,
    below: box.hidden || !narrow() ? 0 : box.offsetHeight,
  });
  function show() {
    view.choose();
    draw.show();
    tools.mark();
    count();
    tell();
  }
  function count() {
    const s = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
    let links = 0;
    for (const id of now.live.strands) links += strands.get(id).edges.filter((edge) => edge.on || pinned.has(id)).length;
    const rest = data.leftOut ? ` · ${data.leftOut.toLocaleString("en")} less connected left out` : "";
    const part = view.filtered() ? " · filtered" : "";
    byId("counts").textContent = `${s(data.articles.length, "article")} · ${s(now.live.nodes.size, "thing")} · ${s(links, "link")}${part}${rest}`;
    byId("empty").hidden = now.live.nodes.size > 0 && !draw.blind;
    byId("empty").textContent = draw.blind ? "This browser cannot draw so large a graph (it has no WebGL 2); Find and List give it in words."
      : data.nodes.length ? "Nothing fits what is chosen: widen the filters, or tick more in the legend."
      : "Nothing to show: the graph holds no claims that fit.";
  }
  const whole = (animation = moves()) => draw.frame(now.live.nodes, { animation });
  /* As at first: the whole, or where that would be too small to read its middle. */
  function settle() {
    const { left, right } = covered();
    whole(false);
    if (!left && !right) draw.start();
  }
  /* Makes room for a list or for filters, where nobody has looked closer. */
  function refit() {
    if (ready && framed && !now.focus) settle();
  }
  /* After a choice: what is left must not all lie out of sight. */
  function seek() {
    if (!now.focus && ![...now.live.nodes].some(draw.within)) settle();
  }

  function light(centre, strandIds) {
    now.focus = { centre, nodes: new Set(centre ? [centre] : []), strands: new Set(strandIds) };
    for (const id of strandIds) now.focus.nodes.add(strands.get(id).from).add(strands.get(id).to);
    draw.paint();
  }
  function clear() {
    const inside = box.contains(document.activeElement), listed = contents.getAttribute("aria-expanded") === "true";
    now.focus = null;
    now.open = "";
    box.hidden = true;
    contents.setAttribute("aria-expanded", "false");
    if (inside) room.focus({ preventScroll: true });
    draw.paint();
    if (listed) refit();
    tell();
  }
  function reveal(...ids) {
    const before = pinned.size;
    for (const id of ids) if (!now.live.nodes.has(id) && !now.live.strands.has(id)) pinned.add(id);
    if (pinned.size > before) show();
  }
  const lit = (id) => near.get(id).map((strand) => strand.id).filter((strand) => now.live.strands.has(strand));

  function openNode(id, { near: around = false } = {}) {
    if (!nodes.has(id)) return;
    reveal(id);
    now.open = id;
    contents.setAttribute("aria-expanded", "false");
    panel.node(id);
    light(id, lit(id));
    if (around) draw.frame(now.focus.nodes, { most: 1.3, animation: moves() });
    else draw.inView([id]);
    tell();
  }
  function openStrand(id, edge) {
    const strand = strands.get(id);
    if (!strand) return;
    reveal(strand.from, strand.to, id);
    now.open = id;
    contents.setAttribute("aria-expanded", "false");
    panel.strand(id, edge);
    light(null, [id]);
    draw.inView([strand.from, strand.to]);
    tell();
  }
  function expand(id) {
    view.expand(id);
    show();
    openNode(id, { near: true });
  }
  function list() {
    if (!box.hidden && contents.getAttribute("aria-expanded") === "true") return clear();
    now.open = "";
    panel.contents();
    contents.setAttribute("aria-expanded", "true");
    box.focus({ preventScroll: true });
    if (!narrow()) refit();
  }

  // ---- the address ----------------------------------------------------------------------------------------------
  let waiting = 0, written = location.hash, ready = false;
  function tell() {
    clearTimeout(waiting);
    if (ready) waiting = setTimeout(write, 200);
  }
  function write() {
    const told = view.address(framed ? null : draw.camera());
    if (`#${told}` === written || (!told && !written)) return;
    written = told ? `#${told}` : "";
    try {
      history.replaceState(null, "", told ? written : location.pathname + location.search);
    } catch {
      location.hash = told;
    }
  }
  function follow() {
    const { open, at } = view.follow(location.hash);
    written = location.hash;
    tools.refresh();
    now.focus = null;
    box.hidden = true;
    show();
    settle();
    if (nodes.has(open)) openNode(open);
    else if (open) openStrand(open);
    if (at) draw.lookAt(at);
    framed = !at;
  }
  window.addEventListener("hashchange", () => { if (location.hash !== written) follow(); });
  async function share() {
    write();
    const button = byId("share");
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch {
      window.prompt("The address of this view", location.href);
    }
    setTimeout(() => { button.textContent = "Share"; }, 1500);
  }

  // ---- keys --------------------------------------------------------------------------------------------------------
  const STEP = 60;
  const KEYS = {
    ArrowLeft: () => draw.move(-STEP, 0), ArrowRight: () => draw.move(STEP, 0), ArrowUp: () => draw.move(0, -STEP),
    ArrowDown: () => draw.move(0, STEP), "+": () => draw.move(0, 0, 1.25), "=": () => draw.move(0, 0, 1.25),
    "-": () => draw.move(0, 0, 0.8), 0: () => back(), n: () => step(1), p: () => step(-1),
    e: () => nodes.has(now.open) && expand(now.open),
  };
  function step(by) {
    const order = data.nodes.filter((node) => now.live.nodes.has(node.id));
    if (!order.length) return;
    const at = order.findIndex((node) => node.id === now.open);
    openNode(order[(at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by + order.length) % order.length].id);
  }
  function back() {
    framed = true;
    whole();
    tell();
  }
  room.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "TEXTAREA", "SELECT"].includes(document.activeElement?.tagName);
    if (event.key === "Escape") {
      if (!byId("filters").hidden && byId("filters").contains(document.activeElement)) return tools.openFilters(false);
      if (!tools.hits.hidden || tools.search.value) tools.leaveSearch();
      clear();
    } else if (event.key === "/" && !typing) {
      tools.search.focus();
      event.preventDefault();
    }
  });

  // ---- start -------------------------------------------------------------------------------------------------------
  function start() {
    Object.assign(draw.on, {
      node: openNode, line: openStrand, nothing: clear, twice: expand,
      moved: () => { framed = false; tell(); },
    });
    byId("whole").addEventListener("click", back);
    byId("share").addEventListener("click", share);
    contents.addEventListener("click", list);
    look.dark.addEventListener("change", () => { tools.refresh(); draw.show(); });
    new ResizeObserver(refit).observe(room);
    if (narrow()) byId("legend").open = false;
    follow();
    ready = true;
    if (data.findings.length && !narrow() && !location.hash) list();
    document.body.dataset.ready = "true";
    performance.mark("ready");
  }
  return { start, show, clear, openNode, openStrand, expand, whole, refit, seek, covered, moves, narrow };
})();
page.start();
// for tests and for whoever writes a page around this one
window.kgView = {
  ...draw.tests, openNode: page.openNode, openStrand: page.openStrand, expand: page.expand, whole: page.whole,
  state: () => ({ nodes: [...view.now.live.nodes], strands: [...view.now.live.strands], labels: draw.tests.labels(), address: location.hash }),
};
