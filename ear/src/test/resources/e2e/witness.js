// Keeps what somebody saw, heard and was told, so that it can be asked afterwards.
(() => {
  // The empty page before the first address has no devices.
  if (navigator.mediaDevices === undefined) return;
  const AUDIBLE = 0.02;
  const heard = {};
  const told = [];

  const sockets = [];
  // Messages of these types are held back on their way to the server, as if the page had not said them yet.
  const withheld = new Set();
  const held = [];
  // Long messages are compressed.
  const typeOf = async (frame) => {
    const text = typeof frame === 'string'
      ? frame
      : await new Response(new Blob([frame]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
    return JSON.parse(text).message.type;
  };
  window.WebSocket = class extends WebSocket {
    constructor(...details) {
      super(...details);
      sockets.push(this);
    }
    send(frame) {
      if (withheld.size === 0) super.send(frame);
      else this.judged = (this.judged ?? Promise.resolve()).then(async () => {
        if (withheld.has(await typeOf(frame))) held.push(frame);
        else super.send(frame);
      });
    }
  };

  setInterval(() => {
    const call = window.crosspoint?.describe();
    for (const stage of call?.stages ?? []) {
      if (stage.kind === 'audio' && stage.level > AUDIBLE) {
        const name = call.participants.find((one) => one.participantId === stage.participantId)?.displayName;
        (heard[name] ??= []).push(performance.now());
      }
    }
  }, 100);

  new MutationObserver((changes) => {
    const text = document.querySelector('.status-text')?.textContent;
    if (text && told.at(-1) !== text) told.push(text);
    // Short notes are gone soon.
    const notes = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node.classList?.contains('toast'));
    told.push(...notes.map((note) => note.textContent));
  }).observe(document, { subtree: true, childList: true, characterData: true });

  // The longest time without one, from a moment on until now, and when it was over.
  const longestPause = (times, since) =>
    [...times.filter((at) => at > since), performance.now()].reduce(
      ({ last, ms, end }, at) => (at - last > ms ? { last: at, ms: at - last, end: at } : { last: at, ms, end }),
      { last: since, ms: 0, end: since },
    );
  const ofBoth = (name, since, what) => ({
    picture: what(longestPause((window.seen[name] ?? []).map((frame) => frame.at), since)),
    voice: what(longestPause(heard[name] ?? [], since)),
  });

  window.witness = {
    told,
    cut: () => sockets.forEach((socket) => socket.close()),
    withhold: (type) => withheld.add(type),
    speak: () => {
      withheld.clear();
      const socket = sockets.findLast((each) => each.readyState === WebSocket.OPEN);
      held.splice(0).forEach((frame) => socket?.send(frame));
    },
    // In milliseconds: how long the longest pause was since a moment of this page's clock.
    pauses: (name, since) => ofBoth(name, since, ({ ms }) => ms),
    // In milliseconds from a moment of the wall clock: when the longest pause was over.
    backAfter: (name, moment) => ofBoth(name, moment - performance.timeOrigin, ({ end }) => end + performance.timeOrigin - moment),
  };
})();
