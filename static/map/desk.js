// The map of the desk. `start` is called once, by the base map; `draw` with each change of what is shown.
// The base never changes, so pan, zoom and unticked layers survive every filter.
(function (garrison) {
  "use strict";

  const SIZE = 25;
  // Above this many marks each place shows one pile with its number: legible, and quick to draw.
  const PILE_ABOVE = 1200;

  let desk = null;

  garrison.start = function (map, config) {
    desk = new Desk(map, config);
    garrison.desk = desk;
  };

  garrison.draw = function (shown) {
    desk.draw(shown);
  };

  class Desk {
    constructor(map, config) {
      this.map = map;
      this.version = null;
      this.groups = new Map(); // layer id -> L.LayerGroup
      this.marks = [];
      this.off = garrison.layersOff();
      for (const [name, z] of [["countries", 300], ["disputed", 340], ["areas", 350], ["names", 380], ["leaders", 590]]) {
        map.createPane(name).style.zIndex = z;
      }
      map.getPane("names").style.pointerEvents = "none";
      map.attributionControl.setPrefix("Leaflet");
      map.attributionControl.addAttribution(config.attribution);
      this.borders = new garrison.Borders(map, config, (place) => this.choose({ place: place.id }));
      this.legend = new garrison.Legend(map, config.height);
      this.leaders = L.layerGroup().addTo(map);
      this.control = L.control.layers(null, null, { collapsed: true, position: "topright" }).addTo(map);
      this.followTicks();
      this.addFitButton();
      this.followTheme();
      map.on("zoomend", () => this.arrange());
      map.on("moveend", () => this.sayOutside());
      this.restored = this.placed = garrison.restore(map);
    }

    // ------------------------------------------------------------------ what is shown

    draw(shown) {
      this.shown = shown;
      if (shown.version !== this.version) {
        this.version = shown.version;
        this.rebuild();
        if (!this.placed) this.placed = this.fit(0.75);
        if (!this.remembering) {
          garrison.remember(this.map);
          this.remembering = true;
        }
      }
      this.bringIntoView(shown.selected);
      this.arrange();
      this.refresh();
    }

    // A place chosen in the list or the table may lie outside; one that came with the address leaves the map as it was.
    bringIntoView(selected) {
      const before = this.selected;
      this.selected = selected;
      const place = this.shown.places.find((one) => one.id === selected);
      if (!place || selected === before || (before === undefined && this.restored)) return;
      const at = [place.lat, place.lon];
      if (!this.map.getBounds().contains(at)) this.map.setView(at, this.map.getZoom(), { animate: false });
    }

    rebuild() {
      this.rebuilding = true;
      this.syncGroups();
      this.marks = (this.shown.marks.length > PILE_ABOVE ? piles(this.shown.marks) : this.shown.marks).map((row) =>
        this.mark(row)
      );
      for (const [place, layer] of this.shown.mentions) this.mention(this.shown.places[place], layer);
      this.rebuilding = false;
    }

    // One group for each layer; a group that stays keeps whether it is ticked.
    syncGroups() {
      const wanted = new Set(this.shown.layers.map((layer) => layer.id));
      for (const [id, group] of this.groups) {
        group.clearLayers();
        this.control.removeLayer(group);
        if (!wanted.has(id)) {
          this.map.removeLayer(group);
          this.groups.delete(id);
        }
      }
      for (const { id, title } of this.shown.layers) {
        if (!this.groups.has(id)) {
          const group = Object.assign(L.layerGroup(), { id });
          this.groups.set(id, group);
          if (!this.off.has(id)) group.addTo(this.map);
        }
        // The control takes HTML: a node's own serialisation is safe.
        const label = document.createElement("span");
        label.textContent = title;
        label.title = title;
        label.dir = "auto";
        this.control.addOverlay(this.groups.get(id), label.outerHTML);
      }
      this.control.getContainer().hidden = wanted.size === 0;
    }

    mark([layer, at, actor, asset, status, count, byReader]) {
      const place = this.shown.places[at];
      const who = actor === null ? null : this.shown.actors[actor];
      const what = { asset, status, actor: who && who.code };
      const text = who ? [who.label, this.shown.assets[asset], this.shown.statuses[status]].join(", ") : "several claims";
      const icon = document.createElement("div");
      icon.className = "mark";
      icon.appendChild(garrison.glyph(asset, status, who ? who.colour : "#4a5763"));
      if (count > 1) {
        const number = icon.appendChild(document.createElement("b"));
        number.textContent = count;
      }
      const group = this.groups.get(this.shown.layers[layer].id);
      const marker = L.marker([place.lat, place.lon], {
        icon: L.divIcon({ className: "mark-holder", html: icon, iconSize: [SIZE, SIZE] }),
        riseOnHover: true,
      });
      const where = garrison.whereabouts(place);
      const chosen = { place: place.id, ...what, article: group.id };
      marker
        .bindTooltip(() =>
          garrison.words(where, text, count > 1 ? count + " claims" : "", placedBy(byReader, count), disputed(place), this.shown.layers[layer].title)
        )
        .on("click", () => this.choose(chosen))
        .on("keydown", (event) => event.originalEvent.key === "Enter" && this.choose(chosen))
        .on("add", () => marker.getElement().setAttribute("aria-label", where + ": " + text))
        .addTo(group);
      return { marker, place, at, who, what, group, count };
    }

    mention(place, layer) {
      L.circleMarker([place.lat, place.lon], { radius: 4, weight: 1, className: "mention" })
        .bindTooltip(() => garrison.words(place.name, "mentioned, without a deployment"))
        .addTo(this.groups.get(this.shown.layers[layer].id));
    }

    visible() {
      return this.marks.filter(({ group }) => this.map.hasLayer(group));
    }

    // ------------------------------------------------------------------ where it lies on the screen

    // Exact places come first, so that they keep their spot and areas give way.
    arrange() {
      const marks = this.visible().sort((a, b) => garrison.isArea(a.place.kind) - garrison.isArea(b.place.kind) || a.at - b.at);
      const spots = garrison.spread(marks.map(({ place }) => this.map.latLngToLayerPoint([place.lat, place.lon])));
      this.leaders.clearLayers();
      marks.forEach(({ marker, place }, index) => {
        const spot = spots[index];
        const at = this.map.layerPointToLatLng([spot.x, spot.y]);
        marker.setLatLng(at);
        const exact = !garrison.isArea(place.kind);
        const leader = { pane: "leaders", className: "leader", weight: 1, interactive: false };
        if (exact) L.circleMarker([place.lat, place.lon], { ...leader, radius: 2.5, className: "spot" }).addTo(this.leaders);
        // Within an area a mark stands anywhere; only one that was pushed far needs to say where it belongs.
        if (spot.moved > (exact ? 0 : 60)) L.polyline([[place.lat, place.lon], at], leader).addTo(this.leaders);
      });
    }

    // What follows from the visible marks: areas, host countries, legend, and what is chosen.
    refresh() {
      const marks = this.visible();
      const places = new Map();
      const hosts = {};
      for (const { place, what, count } of marks) {
        const there = garrison.line(what.status) === "there";
        const seen = places.get(place.id) || { ...place, count: 0, there: false };
        seen.count += count;
        seen.there = seen.there || there;
        places.set(place.id, seen);
        if (place.countries.length !== 1) continue; // a border is not two whole countries
        for (const country of place.countries) {
          const tally = (hosts[country] = hosts[country] || { count: 0, there: false });
          tally.count += count;
          tally.there = tally.there || there;
        }
      }
      this.sayOutside();
      this.borders.show([...places.values()], hosts, this.shown.selected);
      this.legend.show(this.actorsOf(marks), this.assetsOf(marks));
      for (const { marker, place } of marks) {
        marker.getElement().classList.toggle("selected", place.id === this.shown.selected);
      }
    }

    actorsOf(marks) {
      const codes = new Set(marks.map(({ who }) => who && who.code));
      const named = this.shown.actors.filter((actor) => codes.has(actor.code) && !actor.other);
      const others = this.shown.actors.filter((actor) => codes.has(actor.code) && actor.other);
      if (!others.length) return named;
      const label = others.length === 1 ? others[0].label : "other (" + others.length + ")";
      return [...named, { label, colour: others[0].colour }];
    }

    assetsOf(marks) {
      const used = new Set(marks.map(({ what }) => what.asset));
      return Object.keys(this.shown.assets)
        .filter((asset) => used.has(asset))
        .map((asset) => ({ asset, label: this.shown.assets[asset] }));
    }

    // ------------------------------------------------------------------ what the reader does

    choose(what) {
      window.Streamlit.setComponentValue({ ...what, at: Date.now() });
    }

    // With a `share` below one: on the part of the marks nearest to their middle, so that one report from far away
    // does not make all others illegible. What then lies outside is said.
    fit(share = 1) {
      const all = this.visible().map(({ place }) => L.latLng(place.lat, place.lon));
      if (!all.length) return false;
      const middle = L.latLng(median(all.map((at) => at.lat)), median(all.map((at) => at.lng)));
      const points = all.sort((a, b) => a.distanceTo(middle) - b.distanceTo(middle)).slice(0, Math.ceil(all.length * share));
      this.map.fitBounds(points, { padding: [45, 45], maxZoom: 6, animate: false });
      return true;
    }

    sayOutside() {
      const view = this.map.getBounds();
      const number = this.visible().filter(({ place }) => !view.contains([place.lat, place.lon])).length;
      this.outside.textContent = number ? number + (number === 1 ? " mark" : " marks") + " outside" : "";
    }

    addFitButton() {
      const control = L.control({ position: "topleft" });
      control.onAdd = () => {
        const bar = L.DomUtil.create("div", "leaflet-bar fit-bar");
        const button = L.DomUtil.create("a", "fit", bar);
        button.href = "#";
        button.title = "Show all marks";
        button.setAttribute("role", "button");
        button.textContent = "⤢";
        this.outside = L.DomUtil.create("span", "outside", bar);
        L.DomEvent.disableClickPropagation(bar);
        L.DomEvent.on(button, "click", (event) => {
          L.DomEvent.preventDefault(event);
          this.fit();
        });
        return bar;
      };
      control.addTo(this.map);
    }

    followTicks() {
      const ticked = (event) => {
        if (this.rebuilding || !event.layer.id) return;
        if (event.type === "overlayadd") this.off.delete(event.layer.id);
        else this.off.add(event.layer.id);
        garrison.keepLayersOff(this.off);
        this.arrange();
        this.refresh();
      };
      this.map.on("overlayadd overlayremove", ticked);
    }

    followTheme() {
      const box = this.map.getContainer();
      window.Streamlit.events.addEventListener("streamlit:render", (event) => {
        box.classList.toggle("dark", Boolean(event.detail.theme && event.detail.theme.base === "dark"));
      });
    }
  }

  function placedBy(readers, count) {
    if (!readers) return "";
    return count > 1 ? readers + " of " + count + " placed by a reader" : "placed by a reader";
  }

  const disputed = (place) => (place.disputed ? "disputed: " + place.disputed : "");

  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

  // One row for each place, with the number of its claims; "there" where any claim says so.
  function piles(rows) {
    const found = new Map();
    for (const [layer, at, , asset, status, count, byReader] of rows) {
      const pile = found.get(at);
      if (!pile) found.set(at, [layer, at, null, asset, status, count, byReader]);
      else {
        pile[5] += count;
        pile[6] += byReader;
        if (pile[3] !== asset) pile[3] = "unspecified";
        if (garrison.line(status) === "there") pile[4] = status;
      }
    }
    return [...found.values()];
  }
})((window.garrison = window.garrison || {}));
