// What leads on from a reply joins it on the page, where there is room kept for it.
watch("value", () => {
  const offered = element.firstElementChild;
  const room = document.querySelector(`#turn-${offered?.dataset.turn} .follow-ups`);
  room?.replaceChildren(offered);
});
