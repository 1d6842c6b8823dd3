/* The picture of a small graph, by vis-network: name plates, and words on lines where there is room for them. */
const draw = (() => {
  const { dark, FACE, KINDS, kindOf, style, theme, outline, shapeOf, words } = look;
  const { data, nodes, strands, now } = view;
  const room = document.getElementById("graph");
  const on = {}; // node, line and nothing are called for clicks, moved when somebody looked elsewhere

  const drawNode = ({ ctx, id, x, y, state }) => {
    const node = nodes.get(id), { focus } = now;
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

  const tip = (strand) => `${nodes.get(strand.from).label} → ${strand.edges.map((e) => e.label).slice(0, 5).join(", ")} → ${nodes.get(strand.to).label}`;
  const visNodes = new vis.DataSet(data.vis.nodes.map((node) => ({ ...node, ctxRenderer: drawNode })));
  const visEdges = new vis.DataSet(data.vis.edges.map((edge) => ({ ...edge, title: tip(strands.get(edge.id)) })));
  const network = new vis.Network(room, { nodes: visNodes, edges: visEdges }, data.vis.options);
  for (const canvas of room.querySelectorAll("[tabindex]")) canvas.removeAttribute("tabindex"); // the keys are the page's

  function show() {
    visNodes.update([...nodes.keys()].map((id) => ({ id, hidden: !now.live.nodes.has(id) })));
    paint();
  }
  function paint() {
    const { focus, live } = now;
    visEdges.update(data.strands.map((strand) => {
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
    network.redraw();
  }

  // Words on lines: each takes the first place along its line where it covers no name and no other words.
  let labels = null;
  function layLabels(ctx) {
    const { focus, live } = now;
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
    if (network.getScale() < 0.42 && !now.focus) return;
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
  const gentle = (wanted) => wanted && { duration: 350, easingFunction: "easeInOutQuad" };
  function frame(ids, { most = 1.4, animation = false } = {}) {
    let [l, t, r, b] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const { x, y } = network.getPosition(id);
      const { w, h } = nodes.get(id);
      [l, t, r, b] = [Math.min(l, x - w / 2), Math.min(t, y - h / 2), Math.max(r, x + w / 2), Math.max(b, y + h / 2)];
    }
    if (l > r) return;
    network.canvas.setSize(); // the room may have changed since it was last drawn
    const { left, right, below } = page.covered(), { width, height } = room.getBoundingClientRect();
    const scale = Math.min(most, (width - left - right - 28) / (r - l), (height - below - 28) / (b - t));
    const offset = { x: (left - right) / 2, y: -below / 2 };
    network.moveTo({ position: { x: (l + r) / 2, y: (t + b) / 2 }, scale, offset, animation: gentle(animation) });
  }
  const at = (id) => network.canvasToDOM(network.getPosition(id));
  /* Whether the whole of a name is in sight. */
  function within(id) {
    const { left, right, below } = page.covered(), { width, height } = room.getBoundingClientRect();
    const { x, y } = at(id), w = nodes.get(id).w * network.getScale() / 2, h = nodes.get(id).h * network.getScale() / 2;
    return x - w >= left && y - h >= 0 && x + w <= width - right && y + h <= height - below;
  }
  function inView(ids) {
    if (ids.some((id) => !within(id))) frame(ids, { most: Math.max(0.9, Math.min(network.getScale(), 1.4)), animation: page.moves() });
  }
  function start() {
    // on a small screen the whole is too small to read: begin at the node that matters most
    const first = data.nodes.find(({ id }) => now.live.nodes.has(id));
    if (network.getScale() < 0.45 && first) network.moveTo({ position: network.getPosition(first.id), scale: 0.6 });
  }
  const camera = () => { const { x, y } = network.getViewPosition(); return [x, y, network.getScale()]; };
  const look_at = ([x, y, scale]) => network.moveTo({ position: { x, y }, scale: Math.min(5, Math.max(0.02, scale)), animation: false });
  function move(across, down, closer = 1) {
    const [x, y, scale] = camera();
    look_at([x + across / scale, y + down / scale, scale * closer]);
    on.moved();
  }

  network.on("click", ({ nodes: [node], edges: [edge], pointer: { canvas: at } }) => {
    const label = (labels || []).find(({ box }) => at.x >= box[0] && at.x <= box[2] && at.y >= box[1] && at.y <= box[3]);
    if (node) on.node(node);
    else if (label || edge) on.line(label ? label.id : edge);
    else on.nothing();
  });
  network.on("doubleClick", ({ nodes: [node] }) => node && on.twice(node));
  network.on("dragging", () => { labels = null; });
  network.on("dragEnd", ({ nodes: moved }) => { if (moved.length) { labels = null; network.redraw(); } });
  for (const event of ["hoverNode", "hoverEdge"]) network.on(event, () => { room.style.cursor = "pointer"; });
  for (const event of ["blurNode", "blurEdge"]) network.on(event, () => { room.style.cursor = ""; });
  for (const event of ["zoom", "dragEnd"]) network.on(event, () => on.moved());

  return {
    on, show, paint, frame, inView, within, start, camera, lookAt: look_at, move,
    swatch: (ctx, kind) => shapeOf(ctx, kind, 12, 8, 21, 13, 1.3, true),
    tests: { network, labels: () => (labels || []).map((l) => ({ id: l.id, box: l.box, texts: l.texts })) },
  };
})();
