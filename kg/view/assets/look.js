/* How nodes and lines look, in light and in dark. */
"use strict";
const look = (() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const FACE = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';

  // Fills and words contrast by 4.5 or more; kinds differ in shape as well as colour (Okabe and Ito's hues).
  const KINDS = {
    Organization: { name: "Organization", shape: "box", light: ["#0b62a8", "#0b62a8", "#ffffff"], dark: ["#1f6fb4", "#5aa9e6", "#ffffff"] },
    Person: { name: "Person", shape: "pill", light: ["#b04a00", "#b04a00", "#ffffff"], dark: ["#b8570c", "#f0a05a", "#ffffff"] },
    Place: { name: "Place", shape: "hexagon", light: ["#00735a", "#00735a", "#ffffff"], dark: ["#0a7c62", "#4cc7a6", "#ffffff"] },
    Product: { name: "Product, service", shape: "cut", light: ["#d3ebfa", "#2f87bd", "#10303f"], dark: ["#14384d", "#56b4e9", "#e3f3fd"] },
    Work: { name: "Work", shape: "fold", light: ["#f8dcec", "#b5578c", "#4a1a37"], dark: ["#46203a", "#cc79a7", "#fbe6f2"] },
    Law: { name: "Law", shape: "double", light: ["#eceae0", "#7d7654", "#37331f"], dark: ["#37352a", "#b5ad85", "#f3f0e0"] },
    Group: { name: "Group of people", shape: "doublepill", light: ["#fff0cc", "#b98200", "#453000"], dark: ["#453714", "#e69f00", "#fff1d0"] },
    Event: { name: "Event", shape: "flag", light: ["#3a4354", "#3a4354", "#ffffff"], dark: ["#d5dae3", "#d5dae3", "#171b23"] },
    Amount: { name: "Amount, time", shape: "text", light: ["#f4f3ee", "#9a8f6a", "#5a4a00"], dark: ["#232620", "#8c8463", "#efe2a8"] },
    Concept: { name: "Common noun", shape: "round", light: ["#ffffff", "#b9c0cb", "#424b5a"], dark: ["#1c2028", "#4d5666", "#c3cad6"] },
    Other: { name: "Other", shape: "box", light: ["#e6e9ee", "#7b8596", "#262d39"], dark: ["#2b313c", "#8a94a5", "#e4e8ee"] },
  };
  const kindOf = (node) => KINDS[node.kind] ? node.kind : ["Time", "Literal"].includes(node.kind) ? "Amount" : "Other";
  const STATUS = {
    asserted: { name: "fact", say: "says an article itself", dashes: false, width: 2, light: "#4a5465", dark: "#aab4c4" },
    reported: { name: "reported", say: "only what somebody said", dashes: [8, 5], width: 2, light: "#4a5465", dark: "#aab4c4" },
    possible: { name: "possible or future", say: "may be or will be", dashes: [2, 4], width: 1, light: "#6b7586", dark: "#8d97a8" },
    denied: { name: "denied", say: "said not to be so", dashes: [14, 4, 2, 4], width: 2, light: "#c8321e", dark: "#ff8d7a" },
    disputed: { name: "disputed", say: "both said and denied", dashes: [14, 4, 2, 4], width: 2, light: "#c8321e", dark: "#ff8d7a" },
  };
  const SAID = { name: "who spoke of whom", dashes: [1, 5], width: 1.6, light: "#b07a3c", dark: "#c79a63" };
  const style = (strand) => {
    const look = strand.layer === "said" ? SAID : STATUS[strand.status];
    const role = strand.layer === "role";
    const colour = role && look.light === "#4a5465" ? (dark.matches ? "#76808f" : "#98a1af") : dark.matches ? look.dark : look.light;
    return { colour, dashes: look.dashes, width: role ? Math.min(look.width, 1.3) : look.width };
  };
  const theme = () => dark.matches ? { bg: "#14171d", ink: "#e8ebf0", glow: "#ffd54a" } : { bg: "#fcfcfa", ink: "#1b2230", glow: "#e0a800" };

  function outline(ctx, shape, x, y, w, h) {
    const l = x - w / 2, r = x + w / 2, t = y - h / 2, b = y + h / 2;
    const poly = (...points) => {
      points.forEach(([px, py], i) => i ? ctx.lineTo(px, py) : ctx.moveTo(px, py));
      ctx.closePath();
    };
    const c = Math.min(h * 0.3, 9);
    ctx.beginPath();
    if (shape === "hexagon") poly([l, y], [l + c, t], [r - c, t], [r, y], [r - c, b], [l + c, b]);
    else if (shape === "cut") poly([l, t + c], [l + c, t], [r - c, t], [r, t + c], [r, b - c], [r - c, b], [l + c, b], [l, b - c]);
    else if (shape === "flag") poly([l, t], [r - c, t], [r, y], [r - c, b], [l, b], [l + c * 0.7, y]);
    else if (shape === "fold") poly([l, t], [r - c, t], [r, t + c], [r, b], [l, b]);
    else ctx.roundRect(l, t, w, h, { pill: Math.min(h / 2, 18), doublepill: Math.min(h / 2, 18), round: 9, text: 3 }[shape] ?? 5);
  }

  function shapeOf(ctx, kind, x, y, w, h, lineWidth, framed = false) {
    const look = KINDS[kind];
    const [fill, border] = dark.matches ? look.dark : look.light;
    outline(ctx, look.shape, x, y, w, h);
    ctx.fillStyle = fill;
    ctx.fill();
    if (framed || look.shape !== "text") {
      ctx.lineWidth = lineWidth;
      ctx.strokeStyle = border;
      ctx.stroke();
    }
    if (look.shape.startsWith("double")) {
      outline(ctx, look.shape, x, y, w - 5, h - 5);
      ctx.lineWidth = 0.8;
      ctx.stroke();
    }
  }

  function words(ctx, text, x, y, font, colour, room) {
    ctx.font = font;
    ctx.fillStyle = colour;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y, room);
  }

  return { dark, FACE, KINDS, kindOf, STATUS, SAID, style, theme, outline, shapeOf, words };
})();
