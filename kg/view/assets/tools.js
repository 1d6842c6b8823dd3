/* What one looks and chooses with: search, legend, filters, the slider of dates. */
const tools = (() => {
  const { dark, KINDS, kindOf, STATUS, SAID } = look;
  const { data, shown, filter, without, plain } = view;
  const { el } = panel;
  const byId = (id) => document.getElementById(id);
  const search = byId("search"), hits = byId("hits");

  // ---- search -----------------------------------------------------------------------------------------------------
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
    page.openNode(node.id, { near: true });
  }
  function leaveSearch() {
    search.value = "";
    hits.hidden = true;
    search.setAttribute("aria-expanded", "false");
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

  // ---- the legend, which is also a filter by kind and by how far things stand -------------------------------------
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
  function lineSwatch(line, colour) {
    return swatch(34, (ctx) => {
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.lineWidth = line.width;
      ctx.setLineDash(line.dashes || []);
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
  function box(id, checked, change, attributes, ...words) {
    const made = el("input", { type: "checkbox", id });
    made.checked = checked;
    made.addEventListener("change", () => change(made.checked));
    return el("label", attributes, made, ...words);
  }
  function legend() {
    const present = new Set(data.nodes.map(kindOf));
    byId("kinds").replaceChildren(...Object.keys(KINDS).filter((kind) => present.has(kind)).map((kind) =>
      box(`kind-${kind}`, !without.kinds.has(kind), (checked) => {
        without.kinds[checked ? "delete" : "add"](kind);
        if (!checked) view.pinned.clear();
        page.show();
      }, {}, swatch(24, (ctx) => draw.swatch(ctx, kind)), KINDS[kind].name)), el("span", { kind: "soft", text: "larger: in more articles" }));
    const has = (test) => data.strands.some(test);
    const rows = [
      ["asserted", STATUS.asserted, has((s) => s.status === "asserted" && s.layer !== "said")],
      ["reported", STATUS.reported, has((s) => s.status === "reported")],
      ["possible", STATUS.possible, has((s) => s.status === "possible")],
      ["denied", { ...STATUS.denied, name: "denied or disputed" }, has((s) => ["denied", "disputed"].includes(s.status))],
      ["said", SAID, has((s) => s.layer === "said")],
      ["more", { name: "lesser things" }, data.nodes.some((node) => !node.first)],
    ];
    byId("toggles").replaceChildren(...rows.filter(([, , there]) => there).map(([key, line]) =>
      box(`show-${key}`, shown[key], (checked) => {
        shown[key] = checked;
        if (!checked) view.pinned.clear();
        page.show();
        if (page.narrow()) page.seek();
        else if (checked && !view.now.focus) page.whole();
      }, line.say ? { title: line.say } : {}, ...(line.width ? [lineSwatch(line, dark.matches ? line.dark : line.light)] : []), line.name)));
  }

  // ---- filters ------------------------------------------------------------------------------------------------------
  const form = byId("filters"), opener = byId("filter");
  const FIELDS = [["article", "Article", "words of its title or outlet"], ["by", "Who says so", "a name"], ["relation", "Relation", "acquired, works for…"]];
  const SURE = ["certain", "probable", "possible"];
  const inputs = {};
  function offers(key) {
    const many = new Map();
    const count = (text) => text && many.set(text, (many.get(text) || 0) + 1);
    if (key === "article") for (const article of data.articles) count(article.title || article.id);
    if (key === "by") for (const voice of [view.ITSELF, ...data.voices]) count(voice);
    if (key === "relation") for (const strand of data.strands) for (const edge of strand.edges) count(edge.label);
    const first = [...many].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 400);
    return el("datalist", { id: `offers-${key}` }, ...first.map(([text]) => el("option", { value: text })));
  }
  let waiting = 0;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { view.pinned.clear(); page.show(); page.seek(); }, data.large ? 250 : 60);
  }
  function makeFilters() {
    for (const [key, name, hint] of FIELDS) {
      inputs[key] = el("input", { type: "text", id: `filter-${key}`, list: `offers-${key}`, placeholder: hint, autocomplete: "off", spellcheck: "false" });
      inputs[key].addEventListener("input", () => { filter[key] = inputs[key].value.slice(0, 200); changed(); });
      form.append(el("label", { for: `filter-${key}`, text: name }), inputs[key]);
    }
    const dates = el("div", { kind: "dates" });
    for (const [key, name] of [["from", "Articles from"], ["to", "to"]]) {
      inputs[key] = el("input", { type: "date", id: `filter-${key}` });
      inputs[key].addEventListener("change", () => { filter[key] = inputs[key].value; slide(); changed(); });
      dates.append(el("label", { for: `filter-${key}`, text: name }), inputs[key]);
    }
    form.append(dates);
    const group = el("div", { kind: "group", role: "group", "aria-label": "How surely it is said" });
    form.append(el("span", { kind: "soft", text: "How surely" }), group);
    const clear = panel.button("Everything again", () => { view.reset(); refresh(); page.show(); });
    form.append(clear, panel.button("Close", () => openFilters(false), { kind: "plain" }));
    form.addEventListener("submit", (event) => event.preventDefault());
    return group;
  }
  const sure = makeFilters();
  function openFilters(wanted = form.hidden) {
    if (wanted && !form.querySelector("datalist")) form.append(...FIELDS.map(([key]) => offers(key)));
    form.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
    page.refit();
    if (wanted) inputs.article.focus();
    else if (form.contains(document.activeElement) || document.activeElement === document.body) opener.focus();
  }
  opener.addEventListener("click", () => openFilters());

  // ---- the slider of dates ------------------------------------------------------------------------------------------
  const known = view.days.filter((number) => number !== null);
  const [first, last] = [known.reduce((a, b) => Math.min(a, b), Infinity), known.reduce((a, b) => Math.max(a, b), -Infinity)];
  const from = byId("from"), to = byId("to"), bars = byId("bars");
  function slide() {
    if (last <= first) return;
    from.value = String(view.day(filter.from) ?? first);
    to.value = String(view.day(filter.to) ?? last);
    told();
  }
  const spoken = (number) => new Date(number * 86400000).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  function told() {
    const [a, b] = [+from.value, +to.value];
    from.setAttribute("aria-valuetext", spoken(a));
    to.setAttribute("aria-valuetext", spoken(b));
    byId("range").textContent = `${spoken(a)} – ${spoken(b)}`;
    bar(a, b);
  }
  /* How many articles there are of each stretch of time, those within the range in full colour. */
  function bar(a, b) {
    const ratio = window.devicePixelRatio || 1, width = bars.clientWidth || 300, height = bars.clientHeight || 22;
    [bars.width, bars.height] = [width * ratio, height * ratio];
    const ctx = bars.getContext("2d"), count = Math.max(1, Math.min(last - first + 1, Math.floor(width / 6)));
    const tall = new Array(count).fill(0);
    const at = (number) => Math.min(count - 1, Math.floor((number - first) / (last - first + 1) * count));
    for (const number of known) tall[at(number)]++;
    const most = Math.max(...tall);
    ctx.scale(ratio, ratio);
    ctx.fillStyle = getComputedStyle(document.body).getPropertyValue("--accent");
    tall.forEach((n, i) => {
      if (!n) return;
      const h = Math.max(3, Math.sqrt(n / most) * height);
      ctx.globalAlpha = i >= at(a) && i <= at(b) ? 0.75 : 0.2;
      ctx.fillRect(i * width / count + 0.5, height - h, Math.max(1.5, width / count - 1), h);
    });
  }
  for (const input of [from, to]) {
    input.addEventListener("input", () => {
      if (+from.value > +to.value) (input === from ? from : to).value = (input === from ? to : from).value;
      filter.from = +from.value > first ? view.iso(+from.value) : "";
      filter.to = +to.value < last ? view.iso(+to.value) : "";
      inputs.from.value = filter.from;
      inputs.to.value = filter.to;
      told();
      changed();
    });
  }
  if (last > first) {
    byId("time").hidden = false;
    for (const input of [from, to]) [input.min, input.max] = [String(first), String(last)];
    window.addEventListener("resize", () => told());
  }

  /* Shows in all fields what is chosen. */
  function refresh() {
    for (const key of Object.keys(inputs)) inputs[key].value = filter[key];
    sure.replaceChildren(...SURE.map((name) => box(`sure-${name}`, !without.sure.has(name), (checked) => {
      without.sure[checked ? "delete" : "add"](name);
      changed();
    }, {}, name)));
    slide();
    legend();
  }
  function mark() {
    opener.classList.toggle("on", view.filtered());
  }
  return { search, hits, leaveSearch, openFilters, refresh, mark };
})();
