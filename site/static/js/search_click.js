// Tells which searches led somewhere: only the words, when a result is opened. Links lead straight to their things.
const words = new URLSearchParams(location.search).get("q");

for (const list of document.querySelectorAll("[data-search-click]")) {
  const tell = (event) => {
    const link = event.target.closest("a[href]");
    if (!words || event.button > 1 || !link || link.pathname === location.pathname) return; // other pages, filters
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return;
    const body = new FormData();
    body.set("q", words);
    body.set(token.name, token.value);
    navigator.sendBeacon(list.dataset.searchClick, body);
  };
  list.addEventListener("click", tell);
  list.addEventListener("auxclick", tell); // the middle button: in a window of its own
}
