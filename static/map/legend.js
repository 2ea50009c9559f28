// The key to the marks, in words: only the countries and forces that are on the map just now.
(function (garrison) {
  "use strict";

  const LINES = [
    ["deployed", "reported there, arriving or exercising"],
    ["planned", "planned, offered or discussed: not there"],
    ["withdrawn", "reported as leaving or gone"],
    ["denied", "denied"],
  ];
  const NEUTRAL = "#4a5763";

  function element(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  // Text as text: whatever it holds, it is shown and never run.
  garrison.words = function (name, ...lines) {
    const node = element("div", "words");
    node.appendChild(element("strong", "", name)).dir = "auto";
    lines.filter(Boolean).forEach((line) => (node.appendChild(element("div", "", line)).dir = "auto"));
    return node;
  };

  garrison.notice = function (map, text) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => element("div", "notice", text);
    control.addTo(map);
  };

  function row(list, picture, text) {
    const item = list.appendChild(element("li"));
    item.appendChild(picture);
    item.appendChild(element("span", "", text)).dir = "auto";
  }

  function swatch(colour) {
    const node = element("i", "swatch");
    node.style.background = colour;
    return node;
  }

  function area(className) {
    return element("i", "swatch area-swatch " + className);
  }

  // A strip under the map, so that it covers no mark; the map takes what height is left.
  garrison.Legend = class {
    constructor(map, height) {
      this.strip = element("aside", "legend");
      this.strip.setAttribute("aria-label", "Legend");
      const box = map.getContainer();
      box.after(this.strip);
      let known = "";
      const settle = () => {
        box.style.height = height - this.strip.offsetHeight + "px";
        const size = box.clientWidth + ":" + box.clientHeight;
        if (size === known) return;
        known = size;
        // Leaflet itself keeps the centre to half a pixel only, which adds up.
        const centre = map.getCenter();
        map.invalidateSize({ pan: false });
        map.setView(centre, map.getZoom(), { reset: true });
      };
      const watcher = new ResizeObserver(settle);
      watcher.observe(this.strip);
      watcher.observe(box);
    }

    // actors: [{label, colour}], assets: [{asset, label}] of what is visible.
    show(actors, assets) {
      this.strip.replaceChildren();
      const lines = this.group("What is reported");
      for (const [status, text] of LINES) row(lines, garrison.glyph("unspecified", status, NEUTRAL), text);
      row(lines, area("there"), "somewhere in this area or country");
      row(lines, area("planned"), "the same, nobody reported there");
      row(lines, area("disputed-line"), "disputed area");
      const colours = this.group("Whose forces");
      for (const { label, colour } of actors) row(colours, swatch(colour), label);
      const shapes = this.group("What kind");
      for (const { asset, label } of assets) row(shapes, garrison.glyph(asset, "deployed", NEUTRAL), label);
    }

    group(title) {
      const group = this.strip.appendChild(element("section"));
      group.appendChild(element("h4", "", title));
      return group.appendChild(element("ul"));
    }
  };
})((window.garrison = window.garrison || {}));
