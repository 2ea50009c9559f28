// Where the map stands is kept in the address (#map=zoom/latitude/longitude), so that a link opens the same picture;
// for this tab also which layers are off. The server has no part in it, so panning costs no rerun.
(function (garrison) {
  "use strict";

  const FORM = /^#map=(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/;
  const OFF = "garrison.layers-off";
  const STAND = "garrison.map";

  function read(text) {
    const found = FORM.exec(text || "");
    if (!found) return null;
    const [zoom, lat, lon] = found.slice(1).map(Number);
    return zoom <= 18 && Math.abs(lat) <= 90 && Math.abs(lon) <= 540 ? { zoom, lat, lon } : null;
  }

  // Restores where the map stood; false where nothing is known of it.
  garrison.restore = function (map) {
    const stand = read(window.parent.location.hash) || read(window.sessionStorage.getItem(STAND));
    if (stand) map.setView([stand.lat, stand.lon], stand.zoom, { animate: false });
    return Boolean(stand);
  };

  garrison.remember = function (map) {
    const write = () => {
      const centre = map.getCenter();
      const stand = "#map=" + [map.getZoom(), centre.lat.toFixed(3), centre.lng.toFixed(3)].join("/");
      window.sessionStorage.setItem(STAND, stand);
      if (window.parent.location.hash !== stand) {
        window.parent.history.replaceState(window.parent.history.state, "", stand);
      }
    };
    map.on("moveend", write);
    // Streamlit drops the fragment whenever it writes the filters.
    window.setInterval(write, 400);
  };

  garrison.layersOff = function () {
    try {
      return new Set(JSON.parse(window.sessionStorage.getItem(OFF)) || []);
    } catch {
      return new Set();
    }
  };

  garrison.keepLayersOff = (off) => window.sessionStorage.setItem(OFF, JSON.stringify([...off]));
})((window.garrison = window.garrison || {}));
