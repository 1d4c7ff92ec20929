/** Where tracks come from, so that tests and pages without devices can do without. */
export interface CaptureDevices {
  openMicrophone(deviceId: string | undefined): Promise<MediaStreamTrack>;
  openCamera(deviceId: string | undefined): Promise<MediaStreamTrack>;
  /** A picture, and the sound that belongs to it when the browser and the person give it. */
  openScreen(): Promise<{ picture: MediaStreamTrack; sound: MediaStreamTrack | undefined }>;
  list(): Promise<readonly MediaDeviceInfo[]>;
  onChange(listener: () => void): () => void;
}

/** The browser's own devices. */
export class BrowserDevices implements CaptureDevices {
  async openMicrophone(deviceId: string | undefined): Promise<MediaStreamTrack> {
    const audio = { ...chosen(deviceId), echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return first(await this.#media().getUserMedia({ audio }));
  }

  async openCamera(deviceId: string | undefined): Promise<MediaStreamTrack> {
    const size = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
    const track = first(await this.#media().getUserMedia({ video: { ...chosen(deviceId), ...size } }));
    track.contentHint = "motion";
    return track;
  }

  async openScreen(): Promise<{ picture: MediaStreamTrack; sound: MediaStreamTrack | undefined }> {
    const stream = await this.#media().getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: true });
    const picture = stream.getVideoTracks()[0];
    if (picture === undefined) {
      throw new DOMException("no picture was shared", "NotFoundError");
    }
    picture.contentHint = "detail";
    return { picture, sound: stream.getAudioTracks()[0] };
  }

  async list(): Promise<readonly MediaDeviceInfo[]> {
    return this.#media().enumerateDevices();
  }

  onChange(listener: () => void): () => void {
    const media = this.#media();
    media.addEventListener("devicechange", listener);
    return () => media.removeEventListener("devicechange", listener);
  }

  #media(): MediaDevices {
    // Absent on pages that are neither HTTPS nor localhost.
    if ((navigator.mediaDevices as MediaDevices | undefined) === undefined) {
      throw new DOMException("this page is not a secure context", "SecurityError");
    }
    return navigator.mediaDevices;
  }
}

function chosen(deviceId: string | undefined): MediaTrackConstraints {
  return deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
}

function first(stream: MediaStream): MediaStreamTrack {
  const track = stream.getTracks()[0];
  if (track === undefined) {
    throw new DOMException("the device gave no track", "NotFoundError");
  }
  return track;
}
