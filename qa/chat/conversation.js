// What can be clicked in the conversation: a card opens its source, a chip is taken off, a text is copied or saved.
const copy = async (button) => {
  const text = button.dataset.copy;
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
  } else {  // a page on plain HTTP has no clipboard of its own
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const label = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = label; }, 1500);
};

const save = ({save: text, name}) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], {type: "text/markdown"}));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

const saveAll = () => {
  const replies = [...element.querySelectorAll(".turn [data-name$='.md']")].map((button) => button.dataset.save);
  save({save: replies.join("\n---\n\n"), name: `对话-${new Date().toISOString().slice(0, 10)}.md`});
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches(".export")) return saveAll();
  if (button?.dataset.copy !== undefined) return copy(button);
  if (button?.dataset.save !== undefined) return save(button.dataset);
  if (button?.dataset.off !== undefined) return trigger("take_off", {...button.dataset});
  if (button?.dataset.ask !== undefined) return trigger("ask_follow_up", {question: button.dataset.ask});
  if (event.target.closest("summary, a, details.fold, details.why") || String(getSelection())) return;
  const opening = event.target.closest("[data-document]");
  if (!opening) return;
  (opening.querySelector(".open") ?? opening).focus({preventScroll: true});
  trigger("open_source", {...opening.dataset});
});

// The slash leads to the box from wherever nothing is being typed, once the box is drawn.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("#box textarea");
  if (!box || event.key !== "/" || event.target.closest("input, textarea")) return;
  event.preventDefault();
  box.focus();
});
