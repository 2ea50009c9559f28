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

  garrison.Legend = class {
    constructor(map) {
      const control = L.control({ position: "bottomleft" });
      control.onAdd = () => {
        this.box = element("details", "legend");
        this.box.open = map.getSize().x > 500;
        this.box.appendChild(element("summary", "", "Legend"));
        this.body = this.box.appendChild(element("div", "groups"));
        L.DomEvent.disableClickPropagation(this.box).disableScrollPropagation(this.box);
        return this.box;
      };
      control.addTo(map);
    }

    // actors: [{label, colour}], assets: [{asset, label}] of what is visible.
    show(actors, assets) {
      this.body.replaceChildren();
      const lines = this.group("Line: what is reported");
      for (const [status, text] of LINES) row(lines, garrison.glyph("unspecified", status, NEUTRAL), text);
      row(lines, area("there"), "somewhere in this area or country");
      row(lines, area("planned"), "the same, only planned or denied");
      const colours = this.group("Colour: whose forces");
      for (const { label, colour } of actors) row(colours, swatch(colour), label);
      const shapes = this.group("Shape: what kind");
      for (const { asset, label } of assets) row(shapes, garrison.glyph(asset, "deployed", NEUTRAL), label);
    }

    group(title) {
      const group = this.body.appendChild(element("section"));
      group.appendChild(element("h4", "", title));
      return group.appendChild(element("ul"));
    }
  };
})((window.garrison = window.garrison || {}));
