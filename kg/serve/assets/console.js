// The query page: YASGUI with this server as its only endpoint, and links of results that lead to pages here.
"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const root = document.getElementById("yasgui");
  const Gui = window.Yasgui.default || window.Yasgui;
  const endpoint = new URL("/sparql", location.href).href;
  // Prefixes are completed from the graph's own, without the web services that YASGUI would ask.
  const lines = Object.entries(settings.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort();
  const own = { name: "kg-prefixes", get: () => Promise.resolve(lines), persistenceId: null };
  Gui.Yasqe.forkAutocompleter("prefixes", own, false);
  const autocompleters = ["kg-prefixes", "variables"];
  Gui.Yasqe.defaults.autocompleters = autocompleters;
  const declared = (query) => {
    const known = new Set([...query.matchAll(/prefix\s+([\w.-]*):/gi)].map((found) => found[1]));
    const bare = query.replace(/<[^<>\s]*>/g, " ");
    const used = new Set([...bare.matchAll(/(?<![\w:])(\w+):\w/g)].map((found) => found[1]));
    const missing = [...used].filter((prefix) => prefix in settings.prefixes && !known.has(prefix)).sort();
    return missing.map((prefix) => `PREFIX ${prefix}: <${settings.prefixes[prefix]}>\n`).join("") + query;
  };
  Gui.Yasqe.defaults.value = declared(settings.query);
  const gui = new Gui(root, {
    persistenceId: "kg:" + settings.base,
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    yasqe: { value: declared(settings.query), autocompleters, createShareableLink: undefined },
    yasr: { prefixes: settings.prefixes },
  });
  const asked = new URLSearchParams(location.search).get("query");
  if (asked) {
    const query = declared(asked);
    // a browser remembers the tabs: a query that is asked again takes the tab that it had
    const known = Object.values(gui._tabs).find((tab) => tab.persistentJson?.yasqe?.value === query);
    const tab = known || gui.addTab(true, { name: "Query" });
    if (known) gui.selectTabId(known.getId());
    tab.setQuery(query);
    tab.getYasqe().query().catch(() => undefined);
  }
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (link && link.href.startsWith(settings.base)) {
      link.href = new URL("/" + link.href.slice(settings.base.length), location.origin).href;
    }
  }, true);
  document.body.dataset.ready = "true";
  window.kgConsole = gui;
})();
