// Turns the drawn map into one that moves. What it tells stands in the list beside it: a marker and its popup for each
// line. The ground is drawn here, unless the page names a tile server.
const box = document.querySelector("[data-moving-map]");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const KM = 1000, NAME_AWAY = 4, FARTHEST = 7, NEAREST = 13;

const degrees = (at) => at.split(" ").map(Number);

function start(drawing) {
  const live = document.createElement("div");
  live.className = "ground__live";
  live.setAttribute("role", "region");
  live.setAttribute("aria-label", box.dataset.label);
  drawing.replaceWith(live);
  const map = L.map(live, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, minZoom: FARTHEST, maxZoom: NEAREST, zoomSnap: 0.1,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
  });
  if (calm) map.panBy = (offset) => L.Map.prototype.panBy.call(map, offset, { animate: false });
  L.control.zoom({ position: "bottomleft", zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
  return map;
}

function lay(map, dots) {
  if (box.dataset.tiles) {
    L.tileLayer(box.dataset.tiles, { maxZoom: NEAREST, referrerPolicy: "origin" }).addTo(map);
    return;
  }
  for (const dot of dots) {
    L.circle(degrees(dot.dataset.at), { radius: Number(dot.dataset.km) * KM, className: "ground__disc", interactive: false }).addTo(map);
  }
}

// A pin shows a count and a short name; who hears it instead of seeing it is told all.
function pin(products, shortName, name) {
  const shown = document.createElement("span");
  for (const [kind, text] of [["pin__count", products || ""], ["pin__name", shortName], ["hidden", name]]) {
    const part = document.createElement("span");
    part.className = kind;
    part.textContent = text;
    if (kind !== "hidden") part.setAttribute("aria-hidden", "true");
    shown.append(part);
  }
  const size = products ? 26 : 14;
  return L.divIcon({ className: products ? "pin" : "pin pin--none", html: shown, iconSize: [size, size] });
}

function mark(map, at, icon, popup, above) {
  const marker = L.marker(degrees(at), { icon, riseOnHover: true, zIndexOffset: above }).addTo(map);
  return marker.bindPopup(popup, { minWidth: 210, maxWidth: 260, autoPanPadding: [12, 12] });
}

// Of a commune that is not in the list, only where it is.
function markGround(map, { at, name }) {
  const icon = pin(0, name, "");
  const marker = L.marker(degrees(at), { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
  marker.getElement().classList.add("pin--ground");
  return marker;
}

// What a line tells, for its popup; a commune without anything tells just that.
function told(line) {
  const copy = document.createElement("div"), parts = [...line.children].filter((part) => part.tagName !== "BUTTON");
  copy.className = "told";
  copy.append(...parts.map((part) => part.cloneNode(true)));
  if (line.matches(".communes__bare *")) {
    const title = document.createElement("h3"), rest = document.createElement("p");
    title.append(...copy.childNodes);
    rest.textContent = box.dataset.bare;
    copy.append(title, rest);
  }
  return copy;
}

// Names lie on no pin and on no other name: who has more products chooses first; the others show theirs when met.
function arrange(markers) {
  const pins = markers.map((marker) => marker.getElement());
  const frame = box.getBoundingClientRect();
  const taken = pins.map((each) => each.querySelector(".pin__count").getBoundingClientRect());
  for (const each of pins) {
    const name = each.querySelector(".pin__name"), own = each.querySelector(".pin__count").getBoundingClientRect();
    const { width, height } = name.getBoundingClientRect();
    const middle = { x: own.left + own.width / 2, y: own.top + own.height / 2 };
    const ways = {
      right: [own.right + NAME_AWAY, middle.y - height / 2], left: [own.left - NAME_AWAY - width, middle.y - height / 2],
      below: [middle.x - width / 2, own.bottom], above: [middle.x - width / 2, own.top - height],
    };
    const free = Object.keys(ways).find((way) => {
      const [left, top] = ways[way], right = left + width, bottom = top + height;
      if (left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom) return false;
      return !taken.some((other) => left < other.right && other.left < right && top < other.bottom && other.top < bottom);
    });
    each.dataset.side = free ?? "none";
    if (free) {
      const [left, top] = ways[free];
      taken.push(new DOMRect(left, top, width, height));
    }
  }
}

function keys(map) {
  let opener = null;
  map.on("popupopen", ({ popup }) => {
    const at = document.activeElement;
    opener = at?.closest(".leaflet-marker-icon, [data-show]") ?? null;
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close?.setAttribute("aria-label", box.dataset.close);
    if (opener?.matches(":focus-visible")) popup.getElement().querySelector("a")?.focus({ preventScroll: true });
  });
  map.on("popupclose", ({ popup }) => {
    if (popup.getElement()?.contains(document.activeElement)) opener?.focus({ preventScroll: true });
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
    if (event.key === " " && event.target.matches(".leaflet-marker-icon")) {
      event.preventDefault();
      event.target.click();
    }
  });
}

function show(map, marker, everywhere) {
  box.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  map.setView(marker.getLatLng(), Math.max(map.getZoom(), map.getBoundsZoom(everywhere) + 1), { animate: !calm });
  marker.openPopup();
}

function run() {
  const drawing = box.querySelector("svg");
  const lines = [...document.querySelectorAll(".communes [data-at]")];
  const map = start(drawing);
  lay(map, drawing.querySelectorAll("[data-km]"));
  const everywhere = L.latLngBounds([...drawing.querySelectorAll("[data-at]")].map((dot) => degrees(dot.dataset.at)));
  map.fitBounds(everywhere, { paddingTopLeft: [30, 26], paddingBottomRight: [26, 26], animate: false });
  const byCount = [...lines].sort((one, other) => other.dataset.products - one.dataset.products);
  const markers = new Map();
  for (const line of byCount) {
    const { at, name, title, products } = line.dataset, popup = told(line);
    const icon = pin(Number(products), name, `${title}: ${popup.querySelector("p").textContent}`);
    markers.set(line, mark(map, at, icon, popup, Number(products)));
    for (const village of line.querySelectorAll("[data-village]")) {
      const own = pin(0, "", village.textContent);
      own.options.className = "pin pin--village";
      mark(map, village.dataset.village, own, village.cloneNode(true), 0);
    }
  }
  const listed = new Set(lines.map((line) => line.dataset.at));
  const others = [...drawing.querySelectorAll("[data-km]")].filter((dot) => !listed.has(dot.dataset.at)).map((dot) => markGround(map, dot.dataset));
  const arranged = () => arrange([...markers.values(), ...others]);
  map.on("moveend resize", arranged);
  document.fonts.ready.then(arranged);
  keys(map);
  for (const [line, marker] of markers) {
    const button = line.querySelector("[data-show]");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => show(map, marker, everywhere));
    }
    line.addEventListener("pointerenter", () => marker.getElement().classList.add("pin--met"));
    line.addEventListener("pointerleave", () => marker.getElement().classList.remove("pin--met"));
  }
}

if (box) run();
