// Lets the page's own stage for sound go over from one path to another at the end of the first second, and says what an ear hears of it.
// Time is that of an offline context, so that no busy machine is heard. Such a one cannot take in tracks: what they bring comes from buffers.
async (done) => {
  const EAR = URL.createObjectURL(new Blob([__EAR__], { type: 'text/javascript' }));
  const RATE = 48_000, PITCH = 413, SECONDS = 2.2, PACKET = 0.02 * RATE, LOOKS_AFTER = 0.1;
  const tone = (late) => (sample) => 0.2 * Math.sin((2 * Math.PI * PITCH * (sample - late)) / RATE);
  const later = tone(0.007 * RATE);
  // Begins shortly before the change, and every other packet is missing for a while.
  const missing = (sample) => sample < 0.9 * RATE || (sample < 1.2 * RATE && Math.floor(sample / PACKET) % 2 === 0);
  const signals = {
    'faded to a path with the opposite phase': tone(RATE / PITCH / 2),
    'asked to show a path that stutters at first': (sample) => (missing(sample) ? 0 : later(sample)),
  };

  const context = new OfflineAudioContext(1, SECONDS * RATE, RATE);
  performance.now = () => context.currentTime * 1000;
  await context.audioWorklet.addModule(EAR);
  const ear = new AudioWorkletNode(context, 'tone-ear', { outputChannelCount: [1] });
  ear.connect(context.destination);
  Object.defineProperty(context, 'destination', { value: ear });

  const brought = new Map();
  context.createMediaStreamSource = (stream) => {
    const signal = brought.get(stream.getTracks()[0]);
    const buffer = context.createBuffer(1, SECONDS * RATE, RATE);
    buffer.copyToChannel(Float32Array.from({ length: SECONDS * RATE }, (_, sample) => signal(sample)), 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.start();
    return source;
  };
  const track = (signal) => {
    const [made] = new AudioContext().createMediaStreamDestination().stream.getTracks();
    brought.set(made, signal);
    return made;
  };
  if (done === 'cut to another path') {
    AudioParam.prototype.linearRampToValueAtTime = function (value) {
      return this.setValueAtTime(value, context.currentTime);
    };
  }

  const stage = new shipped.AudioStage({ context });
  const switches = [];
  stage.events.on('switched', ({ pathId }) => switches.push({ pathId, at: context.currentTime * 1000 }));
  stage.offer('old', track(tone(0)));
  stage.offer('new', track(signals[done] ?? later));
  stage.show('old');
  for (let look = 0; look <= 7; look++) {
    context.suspend(1 + look * LOOKS_AFTER).then(() => {
      stage.show('new');
      context.resume();
    });
  }

  const events = [];
  const heard = new Promise((resolve) => {
    ear.port.onmessage = ({ data }) => {
      if (data.type === 'residual' && data.at > 1.9) resolve(events);
      else if (data.type !== 'person' && data.type !== 'residual') events.push({ ...data, at: data.at * 1000 });
    };
  });
  await context.startRendering();
  return JSON.stringify({ switches, sounds: [{ person: 1, events: await heard }] });
}
