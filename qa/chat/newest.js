// Only the newest turn is sent; it joins those on the page, so that a long conversation is no slower than a short one
// and what was unfolded in earlier turns stays so.
watch("value", () => {
  const log = document.querySelector("#conversation [role=log]");
  const turn = element.firstElementChild;
  if (!turn) return log.replaceChildren();
  const before = log.querySelector("#" + turn.id);
  before ? before.replaceWith(turn) : log.append(turn);
  turn.scrollIntoView({block: "start"});
});
