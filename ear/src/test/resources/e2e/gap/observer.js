// Hears what the page gives to its loudspeaker, one ear for each node that is connected to it, and hands over what was seen and
// heard since it was last asked.
(() => {
  if (window.AudioContext === undefined) return;
  const EAR = URL.createObjectURL(new Blob([__EAR__], { type: 'text/javascript' }));
  const { connect } = AudioNode.prototype;
  const ears = [];
  const ready = new WeakMap();

  const listen = async (node) => {
    const { context } = node;
    if (!ready.has(context)) ready.set(context, context.audioWorklet.addModule(EAR));
    await ready.get(context);
    const ear = new AudioWorkletNode(context, 'tone-ear', { outputChannelCount: [1], channelCount: 1, channelCountMode: 'explicit' });
    // Its output is silence; connected, so that the browser runs it.
    connect.call(ear, context.destination);
    connect.call(node, ear);
    const heard = { context, person: undefined, events: [] };
    ears.push(heard);
    ear.port.onmessage = ({ data }) => {
      if (data.type === 'person') heard.person = data.person;
      else heard.events.push({ ...data, at: wallClock(context, data.at) });
    };
  };

  const wallClock = (context, seconds) => performance.timeOrigin + performance.now() + (seconds - context.currentTime) * 1000;

  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && !(target.context instanceof OfflineAudioContext)) {
      listen(this).catch((error) => console.error('no ear', error));
    }
    return connect.call(this, target, ...rest);
  };

  // As with frames, the last beginning of sound or silence stays.
  const takeEvents = (events) => {
    const state = events.findLast(({ type }) => type === 'sound' || type === 'silence');
    return events.splice(0, events.length, ...(state === undefined ? [] : [state]));
  };

  const byWallClock = (times) => times.map((at) => performance.timeOrigin + at);

  window.gap = {
    // What a page notices when another tab comes to the front; a driven headless browser cannot be made to hide one.
    hide: () => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      Object.defineProperty(document, 'hidden', { get: () => true });
      window.requestAnimationFrame = () => 0;
      HTMLVideoElement.prototype.requestVideoFrameCallback = () => 0;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    take: () => {
      const frames = Object.entries(window.seen).map(([tile, list]) => [tile, list.map((frame) => ({
        at: performance.timeOrigin + frame.at, counter: frame.counter, person: frame.person, element: frame.element, presented: frame.presented ?? -1,
      }))]);
      const blanks = Object.entries(window.blanks).map(([tile, times]) => [tile, byWallClock(times)]);
      window.blanks = {};
      // The last frame is the beginning of what comes next.
      Object.keys(window.seen).forEach((tile) => (window.seen[tile] = window.seen[tile].slice(-1)));
      const taken = [];
      window.camera.taken.forEach((at, counter) => at > 0 && taken.push({ at, counter }));
      window.camera.taken.fill(0);
      const sounds = ears.filter(({ person }) => person !== undefined).map(({ person, events }) => ({ person, events: takeEvents(events) }));
      return JSON.stringify({ frames: Object.fromEntries(frames), blanks: Object.fromEntries(blanks), sounds, taken });
    },
  };
})();
