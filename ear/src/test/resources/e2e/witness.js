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
  const connections = new Set();
  const { setLocalDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setLocalDescription = function (...details) {
    connections.add(this);
    return setLocalDescription.apply(this, details);
  };
  const connected = () => [...connections].filter(({ connectionState }) => connectionState === 'connected');
  const voices = (ends) => ends.filter(({ track }) => track?.kind === 'audio' && track.readyState === 'live');
  const sendersOfVoice = () => voices(connected().flatMap((connection) => connection.getSenders()));
  const receiversOfVoice = () => voices(connected().flatMap((connection) => connection.getReceivers()));

  // How much sound a sender has taken from its track so far, and in how many seconds.
  const soundOf = async (sender) => {
    const source = [...(await sender.getStats()).values()].find(({ type }) => type === 'media-source');
    return { energy: source?.totalAudioEnergy ?? 0, seconds: source?.totalSamplesDuration ?? 0 };
  };
  // How loud it was between two moments; nothing when nothing has been told anew.
  const loudness = (from, to) => (to.seconds > from.seconds ? (to.energy - from.energy) / (to.seconds - from.seconds) : 0);
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  let hearing;
  const ears = new WeakMap();
  const earOf = (track) => {
    if (!ears.has(track)) {
      hearing ??= new AudioContext();
      const source = hearing.createMediaStreamSource(new MediaStream([track]));
      const ear = new AnalyserNode(hearing, { fftSize: 8192, smoothingTimeConstant: 0 });
      source.connect(ear);
      ears.set(track, { source, ear });
    }
    return ears.get(track).ear;
  };
  // The loudest tone of a track in Hz.
  const pitchOf = (track) => {
    const ear = earOf(track);
    const levels = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(levels);
    return (levels.indexOf(Math.max(...levels)) * hearing.sampleRate) / ear.fftSize;
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
    // Presses the button that mutes, and tells of every path on which the voice was sent whether it sounded, and how many milliseconds
    // later its track was off, and the last of its sound went into the connection.
    mute: async () => {
      const senders = sendersOfVoice();
      const listen = () => Promise.all(senders.map(soundOf));
      const before = await listen();
      await rest(300);
      let last = await listen();
      const loud = last.map((sound, at) => loudness(before[at], sound));
      const pressed = performance.now();
      document.querySelector('[data-control="microphone"]').click();
      const offMs = senders.map(() => -1);
      const soundMs = senders.map(() => 0);
      for (let now = 0; now < 800; now = performance.now() - pressed) {
        senders.forEach(({ track }, at) => {
          if (track.enabled) offMs[at] = -1;
          else if (offMs[at] < 0) offMs[at] = performance.now() - pressed;
        });
        const next = await listen();
        // What the browser tells dies away, to a sixteenth with each tenth of a second.
        next.forEach((sound, at) => loudness(last[at], sound) > loud[at] / 10 && (soundMs[at] = performance.now() - pressed));
        last = next;
        await rest(10);
      }
      return senders.map((_, at) => ({ sounded: loud[at] > 0, offMs: offMs[at], soundMs: soundMs[at] }));
    },
    // In Hz: how high each voice is that arrives, once for each path that brings it.
    pitches: () => receiversOfVoice().filter(({ track }) => !track.muted).map(({ track }) => pitchOf(track)),
    // In milliseconds: how long the longest pause was since a moment of this page's clock.
    pauses: (name, since) => ofBoth(name, since, ({ ms }) => ms),
    // In milliseconds from a moment of the wall clock: when the longest pause was over.
    backAfter: (name, moment) => ofBoth(name, moment - performance.timeOrigin, ({ end }) => end + performance.timeOrigin - moment),
  };
})();
