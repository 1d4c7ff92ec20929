// A camera and a microphone whose pictures and sound can be told apart and counted at the other end.
// Every picture carries the person's number and a frame counter as 24 dark or light blocks:
// 16 bits counter, 4 bits person, 4 bits sum of the nibbles; light grey and dark grey, so that a change of brightness shows. The sound is a tone of the person's own pitch.
(() => {
  // The empty page before the first address has no devices.
  if (navigator.mediaDevices === undefined) return;
  const PERSON = __PERSON__;
  const COLUMNS = 8, ROWS = 3, WIDTH = 320, HEIGHT = 180, FRAMES_PER_SECOND = 30;

  const bitsOf = (person, counter) => {
    const nibbles = [counter >> 12, counter >> 8, counter >> 4, counter, person].map((n) => n & 15);
    const sum = nibbles.reduce((a, b) => a + b, 0) & 15;
    return [...nibbles, sum].flatMap((n) => [8, 4, 2, 1].map((bit) => (n & bit) !== 0));
  };

  const picture = (person) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
    const pen = canvas.getContext('2d', { alpha: false });
    let counter = 0;
    const draw = () => {
      counter = (counter + 1) & 0xffff;
      bitsOf(person, counter).forEach((bit, index) => {
        pen.fillStyle = bit ? '#c8c8c8' : '#303030';
        pen.fillRect((index % COLUMNS) * 40, Math.floor(index / COLUMNS) * 60, 40, 60);
      });
    };
    draw();
    const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
    const timer = setInterval(() => (track.readyState === 'live' ? draw() : clearInterval(timer)), 1000 / FRAMES_PER_SECOND);
    return track;
  };

  let context;
  const tone = (person) => {
    context ??= new AudioContext();
    const oscillator = new OscillatorNode(context, { frequency: 300 + 100 * person });
    const loudness = new GainNode(context, { gain: 0.2 });
    const sink = context.createMediaStreamDestination();
    oscillator.connect(loudness).connect(sink);
    oscillator.start();
    return sink.stream.getAudioTracks()[0];
  };

  navigator.mediaDevices.getUserMedia = async (wanted) =>
    new MediaStream([...(wanted?.audio ? [tone(PERSON)] : []), ...(wanted?.video ? [picture(PERSON)] : [])]);
  // A shared screen is the picture of a person whose number is eight higher.
  navigator.mediaDevices.getDisplayMedia = async () => new MediaStream([picture(PERSON + 8)]);

  // What is seen: the picture that lies uppermost in each tile, read at every repaint of the page.
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
    return ((a + b + c + d + person) & 15) === sum ? { person, counter: (a << 12) | (b << 8) | (c << 4) | d, brightness: brightness / lit } : undefined;
  };

  window.seen = {};
  const look = () => {
    const now = performance.now();
    for (const tile of document.querySelectorAll('.tile:not([data-own]), .tile[data-screen]')) {
      const video = tile.querySelector('.stage video.shown');
      const frame = video && video.videoWidth > 0 ? read(video) : undefined;
      const frames = (window.seen[`${tile.dataset.name}${tile.dataset.screen !== undefined ? ' screen' : ''}`] ??= []);
      if (frame !== undefined && frames.at(-1)?.counter !== frame.counter) {
        frames.push({ at: now, ...frame });
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
