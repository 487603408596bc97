// Turns the small drawing into a map that moves. Leaflet is fetched only when somebody asks for it.
function load(element, attribute, address) {
  return new Promise((resolve, reject) => {
    const node = document.createElement(element);
    node.onload = resolve;
    node.onerror = reject;
    if (element === "link") node.rel = "stylesheet";
    node[attribute] = address;
    document.head.append(node);
  });
}

async function open(box, button) {
  button.disabled = true;
  await Promise.all([load("link", "href", box.dataset.mapStyle), load("script", "src", box.dataset.map)]);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const drawing = box.querySelector("svg");
  const live = document.createElement("div");
  live.className = "map__live";
  drawing.replaceWith(live);
  const map = L.map(live, { attributionControl: false, scrollWheelZoom: false, minZoom: 7, maxZoom: 13, zoomSnap: 0.25 });
  const all = L.featureGroup().addTo(map);
  for (const dot of drawing.querySelectorAll("circle")) {
    const here = dot.classList.contains("map__here");
    L.circleMarker(dot.dataset.at.split(" ").map(Number), {
      radius: here ? 12 : 7, weight: 2, fillOpacity: 1,
      color: colour(here ? "--paper" : "--edge"), fillColor: colour(here ? "--madder" : "--paper"),
    }).bindTooltip(dot.textContent, { permanent: here, direction: "top" }).addTo(all);
  }
  map.fitBounds(all.getBounds(), { padding: [24, 24] });
  button.remove();
}

for (const box of document.querySelectorAll("[data-map]")) {
  const button = box.querySelector("[data-map-open]");
  button.hidden = false;
  button.addEventListener("click", () => open(box, button).catch(() => { button.disabled = false; }));
}
