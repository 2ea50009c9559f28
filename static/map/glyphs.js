// A mark: the shape says what kind of force, the colour whose, the line whether it is reported as being there.
// Every mark differs from every other without its colour, too.
(function (garrison) {
  "use strict";

  // On a field of 24 by 24. `inner` is drawn in the contrasting colour.
  const SHAPES = {
    ground: { outline: "M4 5H20V19H4Z", inner: "M4 5L20 19M20 5L4 19" },
    air: {
      outline:
        "M12 1.5L14 4.5V9L22.5 14V16.5L14 14L13.6 18.5L16.5 20.5V22.5L12 21.4L7.5 22.5V20.5L10.4 18.5L10 14L1.5 16.5V14L10 9V4.5Z",
    },
    naval: { outline: "M1.5 14H6V9.5H10V4.5H13.5V9.5H17.5V14H22.5L18.5 20.5H5.5Z" },
    missile: { outline: "M12 1.5C14.6 4 15.2 7 15.2 10V16L18.8 20V22.5H5.2V20L8.8 16V10C8.8 7 9.4 4 12 1.5Z" },
    air_defence: { outline: "M3 20.5V13.5A9 9 0 0 1 21 13.5V20.5Z", inner: "M12 18V9M8.5 12.5L12 9L15.5 12.5" },
    armour: { outline: "M7.5 6.5H16.5A5.5 5.5 0 0 1 16.5 17.5H7.5A5.5 5.5 0 0 1 7.5 6.5Z", inner: "M7.5 12H16.5" },
    artillery: { outline: "M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3Z", inner: "M12 10.7A1.3 1.3 0 1 1 12 13.3A1.3 1.3 0 1 1 12 10.7Z" },
    staff: { outline: "M4.5 2V22.5H7.5V14.5H20.5L17.2 8.7L20.5 3H7.5V2Z" },
    support: { outline: "M12 2.5L20.5 7.2V16.8L12 21.5L3.5 16.8V7.2Z", inner: "M8 12H16M12 8V16" },
    unspecified: { outline: "M12 2.2L21.8 12L12 21.8L2.2 12Z" },
  };

  // What the line says. A plan is never drawn like a presence.
  const LINES = {
    deployed: "there",
    deploying: "there",
    exercise: "there",
    planned: "planned",
    offered: "planned",
    discussed: "planned",
    withdrawn: "withdrawn",
    denied: "denied",
  };

  function part(name, attributes, parent) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (parent) parent.appendChild(node);
    return node;
  }

  garrison.line = (status) => LINES[status] || "planned";

  garrison.glyph = function (asset, status, colour) {
    const shape = SHAPES[asset] || SHAPES.unspecified;
    const line = garrison.line(status);
    const svg = part("svg", { viewBox: "-2 -2 28 28", class: "glyph line-" + line, "aria-hidden": "true" });
    svg.style.setProperty("--colour", colour);
    // A plan stands in a dashed ring, hollow: dashes on the small shapes themselves cannot be told apart.
    const ringed = line === "planned";
    if (ringed) part("circle", { cx: 12, cy: 12, r: 13.2, class: "ring" }, svg);
    const shapes = part("g", ringed ? { transform: "translate(3.4 3.4) scale(.72)" } : {}, svg);
    part("path", { d: shape.outline, class: "halo" }, shapes);
    part("path", { d: shape.outline, class: "outline" }, shapes);
    if (shape.inner) part("path", { d: shape.inner, class: "inner" }, shapes);
    if (line === "withdrawn") part("path", { d: "M0 24L24 0", class: "stroke" }, svg);
    if (line === "denied") part("path", { d: "M0 24L24 0M0 0L24 24", class: "stroke" }, svg);
    return svg;
  };
})((window.garrison = window.garrison || {}));
