// Counts down the time that is left, and puts a button to copy beside account, amount and memo.
const left = document.querySelector("[data-countdown]");
if (left) {
  const end = new Date(left.dataset.countdown).getTime();
  const tick = () => {
    const minutes = Math.max(0, Math.floor((end - Date.now()) / 60000));
    left.textContent = left.dataset.words.replace("{hours}", Math.floor(minutes / 60)).replace("{minutes}", minutes % 60);
    if (minutes === 0) location.reload();
  };
  if (end > Date.now() + 60000) {
    tick();
    setInterval(tick, 30000);
  }
}

const words = document.getElementById("copy-words");
if (words && navigator.clipboard) {
  for (const value of document.querySelectorAll("strong[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = words.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(value.dataset.copy);
      button.textContent = words.dataset.copied;
    });
    value.after(button);
  }
}
