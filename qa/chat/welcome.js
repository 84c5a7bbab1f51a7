// A click on an example asks it.
element.addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (example) trigger("ask_example", {question: example.textContent});
});
