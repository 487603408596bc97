// Suggests communes while one types, and shows delivery and total as soon as the place is known.
// Without it the form asks once more: the page works the same.
const form = document.querySelector("[data-checkout]");
if (form) {
  const { province, commune } = form.elements;
  const list = document.getElementById("communes");
  const summary = document.getElementById("summary");
  const codes = new Map();
  let typing, shown = "";

  const place = () => ({
    province: province.value,
    commune: commune.value.trim(),
    commune_code: form.querySelector("[name=commune_code]:checked, [type=hidden][name=commune_code]")?.value ?? "",
  });

  const suggest = async () => {
    const asked = commune.value.trim();
    if (asked.length < 2) return;
    const answer = await fetch(`${form.dataset.communes}?${new URLSearchParams({ q: asked, province: province.value })}`);
    if (!answer.ok || asked !== commune.value.trim()) return;
    const { communes } = await answer.json();
    list.replaceChildren(...communes.map(({ label, code }) => {
      codes.set(label, code);
      return new Option("", label);
    }));
  };

  const quote = async () => {
    const asked = place();
    const words = JSON.stringify(asked);
    if (!asked.commune || words === shown) return;
    const answer = await fetch(`${form.dataset.quote}?${new URLSearchParams(asked)}`);
    if (!answer.ok || words !== JSON.stringify(place())) return;
    shown = words;
    summary.innerHTML = await answer.text();
  };

  const setCode = (code) => {
    const hidden = form.querySelector("[type=hidden][name=commune_code]");
    if (hidden) hidden.value = code;
  };

  commune.addEventListener("input", () => {
    setCode(codes.get(commune.value.trim()) ?? "");
    clearTimeout(typing);
    typing = setTimeout(suggest, 150);
  });
  form.addEventListener("change", (event) => {
    if (event.target === province) setCode("");
    if (["province", "commune", "commune_code"].includes(event.target.name)) quote().catch(() => {});
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}
