// The document beside the conversation: it opens at what is cited, and gives the focus back when it is closed.
let opener = null;

const close = () => {
  props.value = "";
  opener?.focus();
};

watch("value", () => {
  const view = element.querySelector(".source-view");
  if (!view) return;
  if (!element.contains(document.activeElement)) opener = document.activeElement;
  view.querySelector(".text mark")?.scrollIntoView({block: "center"});
  view.focus({preventScroll: true});
});

element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) return close();
  const goto = event.target.closest(".goto");
  if (!goto) return;
  goto.closest("details").open = false;  // it would lie over what it leads to
  element.querySelector("#" + goto.dataset.goto)?.scrollIntoView({block: "start"});
  element.querySelectorAll(".goto").forEach((other) => other.setAttribute("aria-current", "false"));
  goto.setAttribute("aria-current", "location");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (element.querySelector(".source-view")) close();
});
