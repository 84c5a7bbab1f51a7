// The loader that Gradio shows at first goes on counting the seconds that it waits, sixty times in each and for ever
// (6.31: it is taken away before it hears that it is done), which keeps a tenth of a core of every open page busy. The
// page shows no such clock: its next look at the time comes a minute later.
(() => {
  const draw = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (step) =>
    /performance\.now\(\)-/.test(step) ? setTimeout(step, 60_000) : draw(step);
})();
