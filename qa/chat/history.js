// What was asked is kept in this browser, and offered to be opened again.
const KEY = "qa-conversations";
const MOST = 30;  // conversations
const LONGEST = 200_000;  // characters, of the browser's five million
const dialog = element.querySelector("dialog");
const list = dialog.querySelector(".conversations");
const say = (words) => { dialog.querySelector(".said").textContent = words; };

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(({id, at, asked}) => id && at && asked?.length) : [];
  } catch {  // forbidden, or not written by us
    return [];
  }
};
const write = (conversations) => {
  let kept = conversations.slice(0, MOST);
  while (JSON.stringify(kept).length > LONGEST) kept = kept.slice(0, -1);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    say("");
  } catch {
    say("这个浏览器不让网页保存内容，所以没有历史对话。");
  }
};

// A conversation is kept as soon as its first question has its reply; one that was opened again stays what it was.
let current = null;
const keep = (log) => {
  const asked = [...log.querySelectorAll(".turn[data-asked]")].map((turn) => JSON.parse(turn.dataset.asked));
  if (!log.querySelector(".turn")) current = null;
  if (!asked.length) return;
  current = log.querySelector(".reopened")?.dataset.conversation ?? current ?? `${Date.now()}-${Math.random()}`;
  const kept = read();
  const before = kept.find(({id}) => id === current);
  const latest = asked.slice(-Number(dialog.dataset.most));
  if (JSON.stringify(before?.asked) === JSON.stringify(latest)) return;
  write([{id: current, at: new Date().toISOString(), asked: latest}, ...kept.filter((each) => each !== before)]);
};
const observe = () => {
  const log = document.querySelector("#conversation [role=log]");
  if (!log) return requestAnimationFrame(observe);  // the conversation is drawn in its own time
  new MutationObserver(() => keep(log)).observe(log, {childList: true});
};
observe();

const made = (tag, name, text) => {
  const part = document.createElement(tag);
  part.className = name;
  part.textContent = text;
  return part;
};
const row = ({id, at, asked}) => {
  const [title, count] = [asked[0].question, `${new Date(at).toLocaleString("zh-CN")} · ${asked.length} 问`];
  const open = made("button", "open", title);
  open.addEventListener("click", () => {
    trigger("reopen", {id, asked});
    dialog.close();
  });
  const remove = made("button", "act", "删除");
  remove.setAttribute("aria-label", `删除 ${title}`);
  remove.addEventListener("click", () => {
    write(read().filter((each) => each.id !== id));
    draw();
  });
  const entry = made("li", "", "");
  entry.append(open, made("p", "facts", count), remove);
  return entry;
};
const draw = () => {
  const kept = read();
  list.replaceChildren(...kept.map(row));
  dialog.querySelector(".clear").disabled = !kept.length;
  if (!kept.length) list.append(made("li", "none", "还没有对话。"));
};

element.querySelector(".opener").addEventListener("click", () => {
  draw();
  dialog.showModal();
});
dialog.querySelector(".leave-history").addEventListener("click", () => dialog.close());
dialog.querySelector(".clear").addEventListener("click", () => {
  if (!confirm("要删除这个浏览器里的全部历史对话吗？这不能撤销。")) return;
  write([]);
  draw();
});
