// Keeps what somebody saw, heard and was told, so that it can be asked afterwards.
(() => {
  // The empty page before the first address has no devices.
  if (navigator.mediaDevices === undefined) return;
  const AUDIBLE = 0.02;
  const heard = {};
  const told = [];

  const sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(...details) {
      super(...details);
      sockets.push(this);
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

  new MutationObserver(() => {
    const text = document.querySelector('.status-text')?.textContent;
    if (text && told.at(-1) !== text) told.push(text);
  }).observe(document, { subtree: true, childList: true, characterData: true });

  // The longest time without one, from a moment on until now.
  const longestPause = (times, since) =>
    [...times.filter((at) => at > since), performance.now()].reduce(
      ({ last, ms }, at) => ({ last: at, ms: Math.max(ms, at - last) }),
      { last: since, ms: 0 },
    ).ms;

  window.witness = {
    told,
    cut: () => sockets.forEach((socket) => socket.close()),
    pauses: (name, since) => ({
      picture: longestPause((window.seen[name] ?? []).map((frame) => frame.at), since),
      voice: longestPause(heard[name] ?? [], since),
    }),
  };
})();
