// Marks that would lie on one another step aside, nearest free spot first: none hides another.
(function (garrison) {
  "use strict";

  const GAP = 24; // pixels between the centres of two marks
  const RINGS = 7;

  // Offsets on rings around the true spot, the spot itself first.
  const OFFSETS = [[0, 0]];
  for (let ring = 1; ring <= RINGS; ring++) {
    for (let step = 0; step < 6 * ring; step++) {
      const angle = (step / (6 * ring)) * 2 * Math.PI - Math.PI / 2;
      OFFSETS.push([Math.cos(angle) * GAP * ring, Math.sin(angle) * GAP * ring]);
    }
  }

  // points: [{x, y}] in pixels, the most exact first. Returns where each one goes, as [{x, y, moved}].
  garrison.spread = function (points) {
    const taken = new Map();
    const key = (x, y) => Math.floor(x / GAP) + ":" + Math.floor(y / GAP);
    const free = (x, y) => {
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          for (const other of taken.get(key(x + dx * GAP, y + dy * GAP)) || []) {
            if (Math.hypot(other.x - x, other.y - y) < GAP - 1) return false;
          }
        }
      }
      return true;
    };
    return points.map((point) => {
      const [dx, dy] = OFFSETS.find(([dx, dy]) => free(point.x + dx, point.y + dy)) || [0, 0];
      const spot = { x: point.x + dx, y: point.y + dy, moved: Math.hypot(dx, dy) };
      const cell = key(spot.x, spot.y);
      if (!taken.has(cell)) taken.set(cell, []);
      taken.get(cell).push(spot);
      return spot;
    });
  };
})((window.garrison = window.garrison || {}));
