// A click on a figure opens the document it stands in.
element.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-document]");
  if (!cell || String(getSelection())) return;
  cell.querySelector(".open").focus({preventScroll: true});
  trigger("open_source", {...cell.dataset});
});
