// Only the newest turn is sent; it joins those on the page, so that a long conversation is no slower than a short one
// and what was unfolded in earlier turns stays so. A conversation that is opened again is sent whole.
watch("value", () => {
  const log = document.querySelector("#conversation [role=log]");
  const sent = element.firstElementChild;
  if (!sent) return log.replaceChildren();
  if (sent.matches(".whole")) {
    log.replaceChildren(...sent.children);
    return log.lastElementChild.scrollIntoView({block: "start"});
  }
  const before = log.querySelector("#" + sent.id);
  before ? before.replaceWith(sent) : log.append(sent);
  sent.scrollIntoView({block: "start"});
});
