// Suggestions while one types: a combobox whose list the server draws. Without it the form searches as ever.
for (const place of document.querySelectorAll("[data-suggest]")) {
  const input = place.querySelector("[name=q]"), id = `${input.id}-list`;
  const box = document.createElement("div"), said = document.createElement("p");
  let options = [], at = -1, shown = "", typing, request;

  box.className = "suggest";
  box.hidden = true;
  said.className = "hidden";
  said.setAttribute("role", "status");
  place.append(box, said);
  const about = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": id };
  for (const name in about) input.setAttribute(name, about[name]);

  const point = (to) => {
    options[at]?.setAttribute("aria-selected", false);
    at = to;
    if (options[at]) {
      options[at].setAttribute("aria-selected", true);
      options[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[at].id);
    } else input.removeAttribute("aria-activedescendant");
  };
  const open = (isOpen) => {
    point(-1);
    box.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen);
  };
  const stop = () => {
    clearTimeout(typing);
    request?.abort();
    said.textContent = "";
    open(false);
  };
  const ask = async () => {
    request?.abort();
    request = new AbortController();
    const { signal } = request, words = input.value.trim();
    const answer = await fetch(`${place.dataset.suggest}?${new URLSearchParams({ q: words })}`, { signal });
    const part = answer.ok ? await answer.text() : "";
    if (signal.aborted) return;
    point(-1);
    box.innerHTML = part;
    const list = box.firstElementChild;
    options = [...(list?.children ?? [])];
    options.forEach((option, n) => { option.id = `${id}-${n}`; });
    if (list) list.id = id;
    shown = words;
    said.textContent = list?.dataset.said ?? "";
    open(options.length > 0);
  };
  const askSoon = (wait) => {
    clearTimeout(typing);
    request?.abort();
    if (input.value.trim().length < 2) stop();
    else typing = setTimeout(() => ask().catch(() => {}), wait);
  };

  // While an input method composes a word, its letters are not yet what is meant.
  input.addEventListener("input", (event) => event.isComposing || askSoon(120));
  input.addEventListener("compositionend", () => askSoon(120));
  input.addEventListener("blur", stop);
  input.form.addEventListener("submit", stop);
  addEventListener("pageshow", stop);
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && box.hidden) {
      if (options.length && shown === input.value.trim()) open(true);
      else return askSoon(0);
    }
    if (step) point(at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length);
    else if (key === "Enter" && options[at]) options[at].click();
    else if (key === "Escape" && (input.value || !box.hidden)) {
      if (box.hidden) input.value = "";
      stop();
    }
    else return key === "Home" || key === "End" ? point(-1) : undefined;
    event.preventDefault();
  });
}
