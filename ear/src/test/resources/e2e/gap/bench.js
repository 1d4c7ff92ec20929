// Gives the ear two seconds of the first person's tone with something done to it at the end of the first, and says what it heard.
async (done) => {
  const EAR = URL.createObjectURL(new Blob([__EAR__], { type: 'text/javascript' }));
  const RATE = 48_000, PITCH = 413, SECONDS = 2, CHANGE = RATE, FADE = 0.02 * RATE;
  const tone = (sample) => 0.2 * Math.sin((2 * Math.PI * PITCH * sample) / RATE);
  // Another path brings the same tone later.
  const faded = (late) => (sample) => {
    const share = Math.min(1, Math.max(0, (sample - CHANGE) / FADE));
    return (1 - share) * tone(sample) + share * tone(sample - late);
  };
  const from = (other) => (sample) => (sample < CHANGE ? tone(sample) : other(sample));
  const signals = {
    'nothing': tone,
    'packet left out': from((sample) => tone(sample + 0.02 * RATE)),
    'cut to another path': from((sample) => tone(sample - 0.007 * RATE)),
    'packet silent': (sample) => (sample >= CHANGE && sample < CHANGE + 0.02 * RATE ? 0 : tone(sample)),
    'faded to another path': faded(0.007 * RATE),
    'faded to a path with the opposite phase': faded(RATE / PITCH / 2),
  };
  const context = new OfflineAudioContext(1, SECONDS * RATE, RATE);
  const buffer = context.createBuffer(1, SECONDS * RATE, RATE);
  buffer.copyToChannel(Float32Array.from({ length: SECONDS * RATE }, (_, sample) => signals[done](sample)), 0);
  await context.audioWorklet.addModule(EAR);
  const source = new AudioBufferSourceNode(context, { buffer });
  const ear = new AudioWorkletNode(context, 'tone-ear', { outputChannelCount: [1] });
  source.connect(ear).connect(context.destination);
  source.start();
  const events = [];
  const heard = new Promise((resolve) => {
    ear.port.onmessage = ({ data }) => {
      if (data.type === 'residual' && data.at > SECONDS - 1) resolve(events);
      else if (data.type !== 'person' && data.type !== 'residual') events.push({ ...data, at: data.at * 1000 });
    };
  });
  await context.startRendering();
  return JSON.stringify({ frames: {}, blanks: {}, taken: [], sounds: [{ person: 1, events: await heard }] });
}
