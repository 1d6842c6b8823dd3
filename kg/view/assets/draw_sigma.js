/* The picture of a large graph, by sigma.js: thousands of marks drawn by the graphics card, names as there is room. */
const draw = (() => {
  const { dark, FACE, KINDS, kindOf, style, theme } = look;
  const { data, nodes, strands, now } = view;
  const room = document.getElementById("graph");
  const on = {};
  const { MultiDirectedGraph, Sigma, extremityArrow, layerDashed, layerFill, pathCurved, pathLine } = sigmaKit;

  // Signed distances (negative inside) from the outlines that kinds have in the legend; uv is -1 to 1.
  const BOX = (name, w, h, r) => ({ name, uniforms: [], inradiusFactor: h, glsl: `
float sdf_${name}(vec2 uv, float size) {
  vec2 q = abs(uv) - vec2(${w.toFixed(2)}, ${h.toFixed(2)}) * size + ${r.toFixed(2)} * size;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - ${r.toFixed(2)} * size;
}` });
  const SHAPES = {
    circle: { name: "circle", uniforms: [], inradiusFactor: 1, glsl: "float sdf_circle(vec2 uv, float size) { return length(uv) - size * 0.92; }" },
    square: BOX("square", 0.84, 0.84, 0.12), wide: BOX("wide", 0.98, 0.62, 0.06), pill: BOX("pill", 0.98, 0.6, 0.6),
    round: BOX("round", 0.84, 0.84, 0.42), tall: BOX("tall", 0.64, 0.94, 0.04),
    diamond: { name: "diamond", uniforms: [], inradiusFactor: 0.7, glsl: "float sdf_diamond(vec2 uv, float size) { return (abs(uv.x) + abs(uv.y) - size) * 0.7071; }" },
    hexagon: { name: "hexagon", uniforms: [], inradiusFactor: 0.86, glsl: `
float sdf_hexagon(vec2 uv, float size) {
  vec2 p = abs(uv);
  return max(p.x * 0.5 + p.y * 0.8660254, p.x) - size * 0.86;
}` },
    triangle: { name: "triangle", uniforms: [], inradiusFactor: 0.5, glsl: `
float sdf_triangle(vec2 uv, float size) {
  vec2 p = vec2(abs(uv.x), uv.y);
  return max(p.x * 0.8660254 + p.y * 0.5, -p.y) - size * 0.52;
}` },
  };
  const SHAPE = {
    Organization: "square", Person: "circle", Place: "hexagon", Product: "round", Work: "tall", Law: "wide", Group: "pill",
    Event: "triangle", Amount: "diamond", Concept: "circle", Other: "square",
  };
  const colour = (node) => {
    const kind = kindOf(node), [fill, border] = dark.matches ? KINDS[kind].dark : KINDS[kind].light;
    return { Product: border, Work: border, Law: border, Group: border, Amount: border, Concept: border, Other: border }[kind] ?? fill;
  };
  const { width: across, height: down } = room.getBoundingClientRect();
  const upright = down > across * 1.2; // a phone: the picture, which is wider than high, is turned
  const space = Math.min(1, Math.max(0.5, (across * down) / 700000)); // how much of a desk's screen there is
  const crowd = Math.min(1, Math.max(0.62, Math.sqrt(1500 / data.nodes.length))) * space;
  const size = (node) => Math.min(13, ((node.leads ? 2.4 : 1.7) + 1.5 * Math.sqrt(Math.max(1, node.articles) - 0.8)) * crowd);

  function swatch(ctx, kind) {
    const shape = SHAPE[kind], r = 6.5;
    const half = { wide: [1, 0.62], pill: [1, 0.6], tall: [0.64, 0.94] }[shape] || [0.86, 0.86];
    const corners = { hexagon: 6, diamond: 4, triangle: 3 }[shape];
    ctx.beginPath();
    if (shape === "circle") ctx.arc(12, 8, r * 0.92, 0, 7);
    else if (corners) {
      for (let i = 0; i < corners; i++) {
        const turn = Math.PI * (2 * i / corners - 0.5);
        ctx.lineTo(12 + r * Math.cos(turn), 8 + (corners === 3 ? 1.5 : 0) + r * Math.sin(turn));
      }
    } else ctx.roundRect(12 - r * half[0], 8 - r * half[1], r * 2 * half[0], r * 2 * half[1], { pill: 4, round: 3 }[shape] ?? 1);
    ctx.fillStyle = colour({ kind });
    ctx.fill();
  }
  if (!document.createElement("canvas").getContext("webgl2")) {
    const nothing = () => {};
    return {
      on, swatch, blind: true, show: nothing, paint: nothing, frame: nothing, inView: nothing, within: () => true, start: nothing, lookAt: nothing,
      move: nothing, camera: () => [0, 0, 1], tests: { labels: () => [] },
    };
  }

  const graph = new MultiDirectedGraph();
  for (const node of data.nodes) {
    graph.addNode(node.id, { x: upright ? node.y : node.x, y: upright ? -node.x : -node.y, size: size(node), shape: SHAPE[kindOf(node)], text: node.lines.join(" ").slice(0, 60) });
  }
  for (const strand of data.strands) graph.addEdgeWithKey(strand.id, strand.from, strand.to, {});

  // ---- how things look now ----------------------------------------------------------------------------------------
  function nodeLook(id, attributes) {
    const node = nodes.get(id), { focus, live } = now, lit = !focus || focus.nodes.has(id);
    attributes.visibility = live.nodes.has(id) ? "visible" : "hidden";
    attributes.color = focus && focus.centre === id ? theme().glow : colour(node);
    attributes.opacity = lit ? 1 : 0.12;
    attributes.label = lit ? attributes.text : "";
    attributes.labelVisibility = focus && (focus.centre === id || (lit && focus.nodes.size < 24)) ? "visible" : "auto";
    attributes.ink = theme().ink;
    attributes.paper = `${theme().bg}b0`;
  }
  function edgeLook(id, attributes) {
    const strand = strands.get(id), { focus, live } = now, lit = !focus || focus.strands.has(id), line = style(strand);
    attributes.visibility = live.strands.has(id) ? "visible" : "hidden";
    attributes.color = line.colour;
    attributes.opacity = !focus ? (data.strands.length > 3000 ? 0.4 : 0.65) : lit ? 1 : 0.04;
    attributes.size = line.width * (focus && lit ? 1.1 : 0.6);
    [attributes.dash, attributes.gap] = line.dashes ? line.dashes : [1e6, 1];
    attributes.head = strand.layer === "role" ? "none" : "arrow";
    const mark = strand.status === "denied" ? "not: " : strand.status === "disputed" ? "disputed: " : "";
    attributes.label = lit && strand.layer !== "said" ? mark + strand.lines[0] : "";
    attributes.labelVisibility = focus && lit && focus.strands.size < 14 ? "visible" : "auto";
  }
  function dress() {
    // set in place: a change that the graph announces would be drawn once for nodes and once for edges
    graph.forEachNode(nodeLook);
    graph.forEachEdge(edgeLook);
  }
  const of = (attribute) => ({ attribute });
  const options = {
    primitives: {
      nodes: { shapes: Object.values(SHAPES), layers: [layerFill()] },
      edges: {
        paths: [pathLine(), pathCurved({ segments: 6 })], extremities: [extremityArrow({ lengthRatio: 5, widthRatio: 4 })],
        variables: { dash: { type: "number", default: 0 }, gap: { type: "number", default: 0 } },
        layers: [layerDashed({ dashSize: { attribute: "dash", mode: "pixels" }, gapSize: { attribute: "gap", mode: "pixels" }, solidExtremities: "head" })],
      },
    },
    styles: {
      nodes: {
        x: of("x"), y: of("y"), size: of("size"), color: of("color"), opacity: of("opacity"), shape: of("shape"),
        visibility: of("visibility"), label: of("label"), labelVisibility: { whenState: "isHovered", then: "visible", else: of("labelVisibility") },
        labelColor: of("ink"), labelFont: FACE, labelSize: (a) => Math.min(16, 10.5 + a.size * 0.45), labelBackgroundColor: of("paper"),
        depth: { whenState: "isHovered", then: "topNodes", else: "nodes" }, cursor: "pointer",
      },
      edges: {
        size: of("size"), color: of("color"), opacity: of("opacity"), visibility: of("visibility"), head: of("head"), dash: of("dash"), gap: of("gap"),
        path: "line", parallelPath: "curved", parallelSpread: 0.25, label: of("label"), labelVisibility: of("labelVisibility"),
        labelColor: of("color"), labelFont: FACE, labelSize: 11, cursor: "pointer",
      },
    },
    settings: {
      enableEdgeEvents: false, renderEdgeLabels: false, labelGridCellSize: 170, labelRenderedSizeThreshold: (data.nodes.length < 1000 ? 2.8 : 3.6) * space,
      hideEdgesOnMove: data.strands.length > 8000, hideLabelsOnMove: data.nodes.length > 3000, stagePadding: 28, labelDensity: 1,
      minCameraRatio: 0.004, maxCameraRatio: 3, edgePickingPadding: 3, nodePickingPadding: 2, minEdgeThickness: 0.7,
      itemSizesReference: "screen",
    },
  };
  view.follow(location.hash);
  view.choose();
  dress();
  const kit = new Sigma(graph, room, options);
  const eye = kit.getCamera(), extent = kit.getGraphDimensions();
  eye.on("updated", speak);
  let fresh = true;

  // What is only needed once somebody points or looks closer waits: without a graphics card it costs seconds.
  function wake() {
    if (!kit.getSetting("enableEdgeEvents")) kit.setSetting("enableEdgeEvents", true);
  }
  function speak() {
    if (!kit.getSetting("renderEdgeLabels") && (now.focus || eye.ratio < 0.4)) kit.setSetting("renderEdgeLabels", true);
  }
  for (const kind of ["pointermove", "pointerdown", "touchstart"]) room.addEventListener(kind, wake, { once: true, passive: true });
  let finger = false; // the first tap comes before lines can be told apart, and a finger is broader than a line
  room.addEventListener("pointerdown", ({ pointerType }) => { finger = pointerType === "touch"; }, { passive: true });
  /* The line that passes nearest by a point, at most so many pixels away. */
  function nearest({ x, y }, most) {
    let best = null;
    for (const id of now.live.strands) {
      const { from, to } = strands.get(id), a = at(from), b = at(to);
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
      if (far <= most) [best, most] = [id, far];
    }
    return best;
  }

  function paint() {
    dress();
    speak();
    kit.scheduleRefresh(); // at most once a frame: without a graphics card a drawing takes long
  }
  function show() {
    if (!fresh) paint();
    fresh = false;
  }

  // ---- looking about --------------------------------------------------------------------------------------------
  function goal(ids, most) {
    let [l, t, r, b] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const { x, y } = kit.graphToFramedGraph(graph.getNodeAttributes(id));
      [l, t, r, b] = [Math.min(l, x), Math.min(t, y), Math.max(r, x), Math.max(b, y)];
    }
    if (l > r) return null;
    const { left, right, below } = page.covered(), { width, height } = room.getBoundingClientRect();
    if (kit.getDimensions().height !== room.offsetHeight || kit.getDimensions().width !== room.offsetWidth) {
      kit.resize(); // the room has changed since it was last drawn
      kit.scheduleRefresh();
    }
    // what it knows of the last drawing may be of another size, and before the next one it has forgotten the extent
    const here = { cameraState: eye.getState(), graphDimensions: extent };
    const zero = kit.viewportToFramedGraph({ x: 0, y: 0 }, here), one = kit.viewportToFramedGraph({ x: 1, y: 1 }, here);
    const across = Math.abs(one.x - zero.x) / eye.ratio, down = Math.abs(one.y - zero.y) / eye.ratio; // a pixel, at ratio 1
    const ratio = Math.max(most, (r - l) / across / Math.max(60, width - left - right - 70), (b - t) / down / Math.max(60, height - below - 60));
    return { x: (l + r) / 2 + ((right - left) / 2) * across * ratio, y: (t + b) / 2 - (below / 2) * down * ratio, ratio, angle: 0 };
  }
  function frame(ids, { most = 1.4, animation = false } = {}) {
    const to = goal(ids, most >= 1.4 ? 0.05 : 0.12);
    if (!to) return;
    if (animation) eye.animate(to, { duration: 350 });
    else eye.setState(to);
  }
  const at = (id) => kit.graphToViewport(graph.getNodeAttributes(id));
  function within(id) {
    const { left, right, below } = page.covered(), { width, height } = room.getBoundingClientRect(), { x, y } = at(id);
    return x >= left + 30 && y >= 20 && x <= width - right - 30 && y <= height - below - 20;
  }
  function inView(ids) {
    const near = [...(now.focus?.strands ?? [])].map((id) => strands.get(id)).filter((s) => s.layer !== "said").flatMap((s) => [s.from, s.to]);
    const lit = near.length ? near : ids, xs = lit.map(at).map(({ x }) => x), ys = lit.map(at).map(({ y }) => y);
    const small = Math.max(...xs) - Math.min(...xs) < 140 && Math.max(...ys) - Math.min(...ys) < 140; // too near to be told apart
    if (small || ids.some((id) => !within(id))) frame(small ? lit : ids, { most: 1, animation: page.moves() });
  }
  const camera = () => [eye.x, eye.y, eye.ratio];
  const lookAt = ([x, y, ratio]) => eye.setState({ x, y, ratio: Math.min(3, Math.max(0.004, ratio)), angle: 0 });
  function move(across, down, closer = 1) {
    const zero = kit.viewportToFramedGraph({ x: 0, y: 0 }), to = kit.viewportToFramedGraph({ x: across, y: down });
    lookAt([eye.x + to.x - zero.x, eye.y + to.y - zero.y, eye.ratio / closer]);
    on.moved();
  }

  kit.on("clickNode", ({ node }) => on.node(node));
  kit.on("clickEdge", ({ edge }) => on.line(edge));
  kit.on("clickStage", ({ event }) => {
    const line = finger ? nearest(event, 9) : null;
    if (line) on.line(line);
    else on.nothing();
  });
  kit.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); on.twice(node); });
  for (const kind of ["mousedown", "wheel", "touchstart"]) room.addEventListener(kind, () => on.moved(), { passive: true });

  return {
    on, show, paint, frame, inView, within, start: () => {}, camera, lookAt, move, swatch,
    tests: {
      kit, graph, labels: () => [...kit.getNodeDisplayedLabels()],
      at, wake,
    },
  };
})();
