// Gradio closes a page's stream once no event is pending, and opens one with the next event. That the stream closes and
// that an event has joined come on two connections: read in the wrong order, the page listens for the event on a stream
// that is closed, for ever. So the word of joining is held until a stream has told of the event or none is open.
(() => {
  const fetch = window.fetch;
  const told = new Set();  // events that a stream has told of
  let open = null;  // the stream that is
  const waiting = [];

  const wake = () => waiting.splice(0).forEach((go) => go());

  const listen = async (request) => {
    const own = open = {};
    const close = () => {
      if (open === own) open = null;
      wake();
    };
    request.signal.addEventListener("abort", close);
    const response = await fetch(request).catch((error) => { close(); throw error; });
    if (!response.ok) {  // nobody reads it to its end
      close();
      return response;
    }
    const decoder = new TextDecoder();
    let text = "";
    const hearing = new TransformStream({
      transform(piece, onward) {
        text += decoder.decode(piece, {stream: true});
        for (const [, event] of text.matchAll(/"event_id":"(\w+)"/g)) told.add(event);
        text = text.slice(-64);  // a name may come in two pieces
        wake();
        onward.enqueue(piece);
      },
      flush: close,
      cancel: close,  // the connection broke
    });
    return new Response(response.body.pipeThrough(hearing), response);
  };

  const join = async (request) => {
    const response = await request;
    const {event_id: event} = response.ok ? await response.clone().json() : {};
    while (event && open && !told.has(event)) await new Promise((go) => waiting.push(go));
    return response;
  };

  window.fetch = (target, options) => {
    const {pathname} = new URL(target.url ?? target, location);
    if (pathname.endsWith("/queue/data")) return listen(target);
    const request = fetch(target, options);
    return pathname.endsWith("/queue/join") ? join(request) : request;
  };
})();
