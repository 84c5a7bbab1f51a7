// What a keeper does: adds files, deletes them, sets right what was understood; the index is rebuilt after each.
const find = (selector) => element.querySelector(selector);
const page = document.querySelector("#page");
const ask = (path, query, options) => fetch(`/keep/${path}?${new URLSearchParams(query)}`, options);
const checked = async (asked) => {
  const reply = await asked;
  if (!reply.ok) throw new Error(await reply.text());
  return reply;
};
const say = (words, wrong = false) => {
  find(".said-of-it").textContent = words;
  find(".said-of-it").classList.toggle("problem", wrong);
};
const show = (done, total) => {
  const bar = find("progress");
  bar.hidden = false;
  bar.max = total || 1;
  bar.value = done;
};

const look = async () => {
  const {may, sign_in, sign_out} = await (await fetch("/keeper")).json();
  find(".keeper").hidden = !may;
  find(".signing-in").hidden = !sign_in;
  find(".leave").hidden = !sign_out;
  page.classList.toggle("kept", may);
};

// One thing at a time; whatever goes wrong is said in words.
const work = async (change) => {
  if (find(".keeper").hasAttribute("aria-busy")) return;
  find(".keeper").setAttribute("aria-busy", "true");
  try {
    await change();
  } catch (error) {
    say(error.message === "Failed to fetch" ? "连接断开了。请检查程序是否还在运行，再试一次。" : error.message, true);
    look().catch(() => {});  // who was signed in may no longer be
  } finally {
    find(".keeper").removeAttribute("aria-busy");
    find("progress").hidden = true;
  }
};

const follow = async (body, tell) => {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + read.value).split("\n");
    rest = lines.pop();
    lines.forEach((line) => tell(JSON.parse(line)));
  }
};

const build = async (before = "") => {
  say(`${before}正在更新索引…`);
  show(0, 1);
  let last = {};
  const reply = await checked(ask("build", {}, {method: "POST"}));
  await follow(reply.body, (step) => {
    last = step;
    if (!step.stage) return;
    say(`${before}正在更新索引：${step.stage} ${step.done} / ${step.total}`);
    show(step.done, step.total);
  });
  if (!last.built) throw new Error(before + (last.problem ?? "更新索引没有完成。详情见运行程序的终端。"));
  say(before + last.built);
  trigger("rebuilt");
};

const add = async (files) => {
  const kept = [];
  const left = [];
  for (const [number, file] of files.entries()) {
    say(`正在上传 ${file.name}（${number + 1} / ${files.length}）`);
    show(number, files.length);
    try {
      const {name, held} = await (await checked(ask("file", {name: file.name, size: file.size}))).json();
      if (held && !confirm(`已有文件“${name}”。要用上传的文件替换它吗？`)) continue;
      await checked(ask("file", {name, replace: held ? 1 : 0}, {method: "PUT", body: file}));
      kept.push(name);
    } catch (error) {
      left.push(`${file.name}：${error.message}`);
    }
  }
  const refused = left.length ? `没有上传 ${left.join("；")} ` : "";
  if (!kept.length) return say(refused || "没有上传任何文件。", Boolean(left.length));
  await build(`${refused}已上传 ${kept.length} 个文件。`);
};

const remove = async (source) => {
  if (!confirm(`要从文档目录中删除“${source}”吗？这不能撤销。`)) return;
  await checked(ask("file", {source}, {method: "DELETE"}));
  await build(`已删除 ${source}。`);
};

const correct = async (id) => {
  const reply = await checked(ask("corrections", {document: id}));
  const dialog = find("dialog");
  dialog.innerHTML = await reply.text();
  dialog.querySelector(".cancel").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(id, Object.fromEntries(new FormData(event.target)));
  });
  dialog.showModal();
};

const save = async (document, fields) => {
  try {
    await checked(ask("corrections", {document}, {method: "PUT", body: JSON.stringify(fields)}));
  } catch (error) {
    find("dialog .wrong").textContent = error.message;
    return;
  }
  find("dialog").close();
  work(() => build("已保存更正。"));
};

const drop = find(".drop");
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
  });
}
drop.addEventListener("drop", (event) => work(() => add([...event.dataTransfer.files])));
find(".files").addEventListener("change", (event) => {
  const files = [...event.target.files];
  event.target.value = "";  // so that the same file can be chosen again
  work(() => add(files));
});
find(".keeper .build").addEventListener("click", () => work(() => build()));
page.addEventListener("click", (event) => {
  const {delete: source, correct: id} = event.target.closest("button")?.dataset ?? {};
  if (source) work(() => remove(decodeURIComponent(source)));
  if (id) work(() => correct(decodeURIComponent(id)));
});

const enter = async (form) => {
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const reply = await fetch("/keeper/sign-in", {method: "POST", body});
  form.querySelector(".wrong").textContent = reply.ok ? "" : await reply.text();
  if (reply.ok) form.reset();
  look();
};
find(".signing").addEventListener("submit", (event) => {
  event.preventDefault();
  enter(event.target);
});
find(".leave").addEventListener("click", async () => {
  await fetch("/keeper/sign-out", {method: "POST"});
  look();
});
look();
