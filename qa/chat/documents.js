// A click on a document opens it.
element.addEventListener("click", (event) => {
  const row = event.target.closest("[data-document]");
  if (!row || event.target.closest(".act") || String(getSelection())) return;
  row.querySelector(".open").focus({preventScroll: true});
  trigger("open_source", {...row.dataset});
});
