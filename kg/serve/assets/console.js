// The query page: YASGUI with this server as its only endpoint, and links of results that lead to pages here.
"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const root = document.getElementById("yasgui");
  const Gui = window.Yasgui.default || window.Yasgui;
  const endpoint = new URL("/sparql", location.href).href;
  Object.assign(Gui.Yasqe.defaults, { value: settings.query, autocompleters: ["variables"] });
  const gui = new Gui(root, {
    persistenceId: "kg:" + settings.base,
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    yasqe: { value: settings.query, autocompleters: ["variables"], createShareableLink: undefined },
    yasr: { prefixes: settings.prefixes },
  });
  const asked = new URLSearchParams(location.search).get("query");
  if (asked) {
    const tab = gui.addTab(true, { name: "Query" }, { avoidDuplicateTabs: true });
    tab.setQuery(asked);
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
