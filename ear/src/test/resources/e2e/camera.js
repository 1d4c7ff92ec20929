// A camera and a microphone whose pictures and sound can be told apart and counted at the other end.
// Every picture carries the person's number and a frame counter as 24 dark or light blocks:
// 16 bits counter, 4 bits person, 4 bits sum of the nibbles; light grey and dark grey, so that a change of brightness shows.
// The sound is a tone of the person's own pitch, 20 ms of which are never a whole number of periods: a lost packet shows.
(() => {
  // The empty page before the first address has no devices.
  if (navigator.mediaDevices === undefined) return;
  const PERSON = __PERSON__;
  const COLUMNS = 8, ROWS = 3, WIDTH = 320, HEIGHT = 180;

  const bitsOf = (person, counter) => {
    const nibbles = [counter >> 12, counter >> 8, counter >> 4, counter, person].map((n) => n & 15);
    const sum = nibbles.reduce((a, b) => a + b, 0) & 15;
    return [...nibbles, sum].flatMap((n) => [8, 4, 2, 1].map((bit) => (n & bit) !== 0));
  };

  // When each of the camera's pictures was taken, by its counter, in milliseconds of the wall clock.
  const taken = new Float64Array(65536);

  // Few, so that three browsers on two cores show all of them and still have time for a move; more where a test wants them.
  const framesPerSecond = () => window.cameraFramesPerSecond ?? 10;

  // A clock that ticks in hidden tabs too, like a camera's.
  const everyFrame = (action) => {
    const source = `setInterval(() => postMessage(0), ${1000 / framesPerSecond()});`;
    const clock = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    clock.onmessage = action;
    return () => clock.terminate();
  };

  // A track of the canvas, and what hands the next picture to it. Where pictures can be handed over one by one, none is lost and
  // hidden tabs send too.
  const film = (canvas) => {
    if (!('MediaStreamTrackGenerator' in window)) {
      return { track: canvas.captureStream().getVideoTracks()[0], shoot: () => undefined };
    }
    const track = new MediaStreamTrackGenerator({ kind: 'video' });
    const writer = track.writable.getWriter();
    const shoot = () => {
      const frame = new VideoFrame(canvas, { timestamp: performance.now() * 1000 });
      writer.write(frame).catch(() => frame.close());
    };
    return { track, shoot };
  };

  // Light and dark dots, another part of which lies over each picture, as in a dark room: few blocks of grey are too little for an encoder to
  // use what it may. Blocks are read by their mean.
  const speckled = (strength) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2 * WIDTH, height: 2 * HEIGHT });
    const pen = canvas.getContext('2d');
    const dots = pen.createImageData(canvas.width, canvas.height);
    for (let at = 0; at < dots.data.length; at += 4) {
      dots.data.fill(Math.random() < 0.5 ? 0 : 255, at, at + 3);
      dots.data[at + 3] = 255 * strength * Math.random();
    }
    pen.putImageData(dots, 0, 0);
    return canvas;
  };

  const picture = (person) => {
    // Few lines, so that many cameras fit on a small machine; more where a test wants a picture in several sizes.
    const scale = (window.cameraLines ?? HEIGHT) / HEIGHT;
    const size = { width: WIDTH * scale, height: HEIGHT * scale };
    const canvas = Object.assign(document.createElement('canvas'), size);
    const pen = canvas.getContext('2d', { alpha: false });
    pen.scale(scale, scale);
    const grain = window.cameraGrain === undefined ? undefined : speckled(window.cameraGrain);
    const { track, shoot } = film(canvas);
    track.getSettings = () => size;
    let counter = 0;
    const draw = () => {
      counter = (counter + 1) & 0xffff;
      bitsOf(person, counter).forEach((bit, index) => {
        pen.fillStyle = bit ? '#c8c8c8' : '#303030';
        pen.fillRect((index % COLUMNS) * 40, Math.floor(index / COLUMNS) * 60, 40, 60);
      });
      if (grain !== undefined) {
        pen.drawImage(grain, -Math.random() * WIDTH, -Math.random() * HEIGHT);
      }
      if (person === PERSON) {
        taken[counter] = performance.timeOrigin + performance.now();
      }
      shoot();
    };
    draw();
    const stop = everyFrame(() => (track.readyState === 'live' ? draw() : stop()));
    return track;
  };

  // Speech has syllables: of somebody who talks the tone swells five times a second.
  const syllables = () => {
    const beat = new OscillatorNode(context, { frequency: 5 });
    const depth = new GainNode(context, { gain: 0 });
    beat.connect(depth);
    beat.start();
    return depth;
  };

  let context, depth;
  const tone = (person) => {
    context ??= new AudioContext();
    depth ??= syllables();
    const oscillator = new OscillatorNode(context, { frequency: 313 + 100 * person });
    const loudness = new GainNode(context, { gain: 0.2 });
    const sink = context.createMediaStreamDestination();
    oscillator.connect(loudness).connect(sink);
    depth.connect(loudness.gain);
    oscillator.start();
    return sink.stream.getAudioTracks()[0];
  };

  // Two cameras and two microphones can be chosen; the others show, or sound like, a number four higher.
  const OTHER = 'other';
  const devices = [
    ['audioinput', 'microphone', 'Microphone'], ['audioinput', OTHER, 'Other microphone'],
    ['videoinput', 'camera', 'Camera'], ['videoinput', OTHER, 'Other camera'],
  ];
  navigator.mediaDevices.enumerateDevices = async () => devices.map(([kind, deviceId, label]) => ({ kind, deviceId, label, groupId: '' }));
  const chosen = (wanted) => (wanted.deviceId?.exact === OTHER ? PERSON + 4 : PERSON);
  navigator.mediaDevices.getUserMedia = async (wanted) =>
    new MediaStream([...(wanted?.audio ? [tone(chosen(wanted.audio))] : []), ...(wanted?.video ? [picture(chosen(wanted.video))] : [])]);
  // A shared screen is the picture of a person whose number is eight higher.
  navigator.mediaDevices.getDisplayMedia = async () => new MediaStream([picture(PERSON + 8)]);

  // What is seen: the picture that lies uppermost in each tile.
  const probe = Object.assign(document.createElement('canvas'), { width: COLUMNS * 4, height: ROWS * 4 });
  const eye = probe.getContext('2d', { alpha: false, willReadFrequently: true });
  const read = (video) => {
    eye.drawImage(video, 0, 0, probe.width, probe.height);
    const { data } = eye.getImageData(0, 0, probe.width, probe.height);
    const nibbles = [0, 0, 0, 0, 0, 0];
    let brightness = 0, lit = 0;
    for (let index = 0; index < 24; index++) {
      const x = (index % COLUMNS) * 4 + 2, y = Math.floor(index / COLUMNS) * 4 + 2;
      const level = data[(y * probe.width + x) * 4 + 1];
      const bright = level > 127 ? 1 : 0;
      brightness += bright * level;
      lit += bright;
      nibbles[index >> 2] = (nibbles[index >> 2] << 1) | bright;
    }
    const [a, b, c, d, person, sum] = nibbles;
    const readable = lit > 0 && ((a + b + c + d + person) & 15) === sum;
    return readable ? { person, counter: (a << 12) | (b << 8) | (c << 4) | d, brightness: brightness / lit } : undefined;
  };

  window.seen = {};
  // Moments at which a tile that had shown a picture, and should, showed none.
  window.blanks = {};
  const nameOf = (tile) => `${tile.dataset.name}${tile.dataset.screen !== undefined ? ' screen' : ''}`;
  const lively = new WeakSet();
  // What is read from the shown video of a tile; how many frames it has presented by then, when known, shows what was not read.
  const note = (tile, video, at, presented) => {
    const frame = video.videoWidth > 0 ? read(video) : undefined;
    const frames = (window.seen[nameOf(tile)] ??= []);
    if (frame === undefined) return false;
    lively.add(tile);
    if (frames.at(-1)?.counter !== frame.counter) frames.push({ at, ...frame, element: elements.get(video), presented });
    return true;
  };

  // Every frame that a video presents is read, if the video is the one that is shown. The time is when it was handed over to be
  // displayed, however busy the page is.
  const elements = new Map();
  const follow = (video) => {
    if (elements.has(video)) return;
    elements.set(video, elements.size);
    const next = () => video.requestVideoFrameCallback((_, { presentationTime, presentedFrames }) => {
      const tile = video.closest('.tile');
      if (tile !== null && video.classList.contains('shown')) note(tile, video, presentationTime, presentedFrames);
      next();
    });
    next();
  };

  // At every repaint: which video is shown, and whether it has a picture at all.
  const shown = new WeakMap();
  const look = () => {
    document.querySelectorAll('.stage video').forEach(follow);
    for (const tile of document.querySelectorAll('.tile:not([data-own]), .tile[data-screen]')) {
      const video = tile.querySelector('.stage video.shown');
      if (video !== null && shown.get(tile) !== video && note(tile, video, performance.now())) shown.set(tile, video);
      const empty = video === null || video.videoWidth === 0;
      if (empty && lively.has(tile) && tile.dataset.picture !== undefined) (window.blanks[nameOf(tile)] ??= []).push(performance.now());
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.camera = { person: PERSON, taken, talk: () => (depth.gain.value = 0.2) };
})();
