// A thumb under a reply is sent with its reason; what came of it is said in the thumbs' place.
const rate = (thumbs, rating) => {
  if (thumbs.hasAttribute("aria-busy")) return;
  thumbs.setAttribute("aria-busy", "true");
  props.value = "";  // so that the same words a second time are news
  const turn = thumbs.closest(".turn").id.replace("turn-", "");
  trigger("rate", {turn, liked: false, reason: "", words: "", ...rating});
};

document.addEventListener("click", ({target}) => {
  if (target.closest(".thumbs .up")) rate(target.closest(".thumbs"), {liked: true});
});
document.addEventListener("submit", (event) => {
  const thumbs = event.target.closest(".thumbs");
  if (!thumbs) return;
  event.preventDefault();
  rate(thumbs, Object.fromEntries(new FormData(event.target)));
});

watch("value", () => {
  const said = element.firstElementChild;
  const thumbs = said && document.querySelector(`#turn-${said.dataset.turn} .thumbs`);
  if (!thumbs) return;
  thumbs.removeAttribute("aria-busy");
  if (said.matches(".kept")) thumbs.querySelectorAll(".up, .down").forEach((part) => part.remove());
  const words = thumbs.querySelector(".thanks");
  words.textContent = said.textContent;
  words.focus();
});
