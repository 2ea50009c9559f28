// What lies under the marks: countries with their names, and the areas (seas, regions) that claims are about.
// Both are fetched once; a change of the filter only restyles them.
(function (garrison) {
  "use strict";

  const AREAS = new Set(["sea", "region", "admin1"]);

  // In words: "somewhere in the Black Sea", but "somewhere near Gao". A derived area's id says how after a "#".
  garrison.whereabouts = function (place) {
    if (!garrison.isArea(place.kind)) return place.name;
    const how = (place.id.split("#")[1] || "").split(":")[0];
    return ({ near: "somewhere ", off: "somewhere ", border: "somewhere at the " }[how] || "somewhere in ") + place.name;
  };

  garrison.isArea = (kind) => kind === "country" || AREAS.has(kind);

  // Several shades for more claims; a dashed line where no report says that forces are there.
  function areaStyle(tally) {
    const shade = tally.count >= 10 ? 0.4 : tally.count >= 3 ? 0.28 : 0.17;
    return {
      className: "area " + (tally.there ? "line-there" : "line-planned"),
      fillOpacity: tally.there ? shade : 0.07,
      weight: 1.3,
      dashArray: tally.there ? null : "4 4",
    };
  }

  const reach = (place) => "somewhere within " + Math.round(place.radius_km) + " km of the middle";

  function fetched(url) {
    return fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(url + ": " + answer.status);
      return answer.json();
    });
  }

  function largestRing(layer) {
    let best = null;
    const walk = (part) => {
      if (part.length && part[0].lat !== undefined) {
        const box = L.latLngBounds(part);
        const size = (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth());
        if (!best || size > best.size) best = { box, size };
      } else part.forEach(walk);
    };
    walk(layer.getLatLngs());
    return best.box;
  }

  garrison.Borders = class {
    constructor(map, config, select) {
      this.map = map;
      this.select = select;
      this.hosts = {};
      this.places = [];
      this.shapes = new Map();
      this.countries = L.geoJSON(null, {
        pane: "countries",
        style: () => ({ className: "country", weight: 0.7 }),
        onEachFeature: (feature, layer) => this.nameCountry(feature, layer),
      }).addTo(map);
      this.areas = L.layerGroup().addTo(map);
      this.names = L.layerGroup().addTo(map);
      this.labels = [];
      this.ready = Promise.all([
        fetched(config.countries).then((data) => this.countries.addData(data)),
        fetched(config.disputed).then((data) => {
          const style = { className: "disputed", weight: 1.4, dashArray: "5 4", fillOpacity: 0 };
          const onEachFeature = (feature, layer) => this.nameDisputed(feature.properties.name, layer, config.holders);
          L.geoJSON(data, { pane: "disputed", style, onEachFeature }).addTo(map);
        }),
        this.learn(config.areas),
      ])
        .catch(() => garrison.notice(map, "The borders could not be loaded. Run “garrison prepare” and reload."))
        .then(() => {
          this.sortLabels();
          this.restyle();
        });
      this.provinces = config.admin1;
      map.on("zoomend", () => this.label());
      map.on("moveend", () => this.label());
    }

    // The widest first; what is disputed as a whole has one name, not two.
    sortLabels() {
      const disputed = new Set(this.labels.map(({ instead }) => instead));
      this.labels = this.labels.filter(({ name }) => !disputed.has(name));
      const width = ({ box }) => box.getEast() - box.getWest();
      this.labels.sort((a, b) => width(b) - width(a));
    }

    // Outlines of areas, by the gazetteer's id.
    learn(url) {
      return fetched(url).then((data) => {
        for (const feature of data.features) this.shapes.set(feature.properties.id, feature);
      });
    }

    // An area on whose sovereignty maps disagree says so, and for whom it counts here; a click is one on that country.
    nameDisputed(name, layer, holders) {
      const holder = holders[name];
      this.labels.push({ name: name + " (disputed)", box: largestRing(layer), className: "disputed-name", instead: name });
      const counts = holder && holder.name !== name ? "counted here with " + holder.name : "";
      layer.bindTooltip(() => garrison.words(name, "disputed", counts, holder && this.tally(holder.id)), { sticky: true });
      layer.on("click", () => holder && this.selectCountry(holder.id));
    }

    selectCountry(id) {
      const place = this.places.find((one) => one.kind === "country" && one.countries[0] === id);
      if (place) this.select(place);
    }

    nameCountry(feature, layer) {
      this.labels.push({ name: feature.properties.name, box: largestRing(layer) });
      layer.bindTooltip(() => garrison.words(feature.properties.name, this.tally(feature.properties.id)), {
        sticky: true,
      });
      layer.on("click", () => this.selectCountry(feature.properties.id));
    }

    tally(country) {
      const tally = this.hosts[country];
      if (!tally) return "";
      const claims = tally.count === 1 ? "1 claim" : tally.count + " claims";
      return tally.there ? claims : claims + ", none says that forces are there";
    }

    // places: those with visible claims; hosts: country code -> {count, there}.
    show(places, hosts, selected) {
      this.places = places;
      this.hosts = hosts;
      this.selected = selected;
      if (this.provinces && places.some((place) => place.kind === "admin1")) {
        this.learn(this.provinces).then(() => this.restyle());
        this.provinces = null;
      }
      this.restyle();
    }

    restyle() {
      this.countries.eachLayer((layer) => {
        const id = layer.feature.properties.id;
        const tally = this.hosts[id];
        const chosen = this.places.some((one) => one.id === this.selected && one.kind === "country" && one.countries[0] === id);
        this.paint(layer, tally ? areaStyle(tally) : { weight: 0.7, dashArray: null, fillOpacity: 1 }, tally, chosen);
        if (tally) layer.bringToFront();
      });
      this.areas.clearLayers();
      for (const place of this.places) {
        if (!AREAS.has(place.kind)) this.aroundPoint(place);
        else this.area(place);
      }
      this.label();
    }

    paint(layer, style, tally, chosen) {
      layer.setStyle(style);
      const node = layer.getElement && layer.getElement();
      if (!node) return;
      node.classList.toggle("host", Boolean(tally));
      node.classList.toggle("only-planned", Boolean(tally && !tally.there));
      node.classList.toggle("selected", chosen);
    }

    area(place) {
      const shape = this.shapes.get(place.id);
      const options = { pane: "areas", ...areaStyle(place) };
      options.className += place.id === this.selected ? " selected" : "";
      const layer = shape
        ? L.geoJSON(shape, { pane: "areas", style: options })
        : L.circle([place.lat, place.lon], { radius: place.radius_km * 1000, ...options, fillOpacity: 0.07 });
      layer.bindTooltip(() => garrison.words(place.name, shape ? "somewhere in this area" : reach(place)), { sticky: true });
      layer.on("click", () => this.select(place)).addTo(this.areas);
    }

    // A city's or base's circle of doubt, where it is chosen.
    aroundPoint(place) {
      if (place.kind === "country" || place.id !== this.selected || place.radius_km <= 0) return;
      const options = { pane: "areas", interactive: false, weight: 1.3, dashArray: "2 3", className: "area doubt" };
      L.circle([place.lat, place.lon], { radius: place.radius_km * 1000, ...options }).addTo(this.areas);
    }

    // Names of the countries that are large enough on the screen, as far as they do not touch.
    label() {
      this.names.clearLayers();
      const view = this.map.getBounds();
      const taken = [];
      for (const { name, box, className } of this.labels) {
        const centre = box.getCenter();
        if (!view.contains(centre)) continue;
        const [west, east] = [box.getSouthWest(), box.getNorthEast()].map((at) => this.map.latLngToLayerPoint(at));
        const width = 6.2 * name.length + 8;
        if (east.x - west.x < width * 0.9 || west.y - east.y < 16) continue;
        const at = this.map.latLngToLayerPoint(centre);
        if (taken.some((other) => Math.abs(other.x - at.x) < (other.width + width) / 2 && Math.abs(other.y - at.y) < 14)) continue;
        taken.push({ x: at.x, y: at.y, width });
        const text = document.createElement("span");
        text.textContent = name;
        const icon = L.divIcon({ className: "country-name " + (className || ""), html: text, iconSize: [width, 14] });
        L.marker(centre, { icon, pane: "names", interactive: false, keyboard: false }).addTo(this.names);
      }
    }
  };
})((window.garrison = window.garrison || {}));
