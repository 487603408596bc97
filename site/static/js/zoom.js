// Shows a picture of the gallery as large as the window; without this the link opens the file itself.
const links = [...document.querySelectorAll("[data-zoom]")];
const words = document.documentElement.lang === "en" ? "Close" : "Đóng";

function open(link) {
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  const close = document.createElement("button");
  close.className = "button";
  close.textContent = words;
  close.addEventListener("click", () => dialog.close());
  picture.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  dialog.append(close, picture);
  dialog.setAttribute("aria-label", picture.alt);
  document.body.append(dialog);
  dialog.showModal();
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    open(link);
  });
}
