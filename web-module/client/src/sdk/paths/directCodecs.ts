/** Sound is Opus, pictures are VP8, which every browser has (RFC 7742, section 5); the rest repairs what was lost. */
const CODECS = /^(audio\/opus|video\/(VP8|rtx|red|ulpfec))$/i;

/**
 * What congestion control, the mixing of sections on one line, levels of sound and turned cameras need (RFC 8285), and the range of
 * colours: without it a receiver guesses, and the picture changes its brightness when the call moves to the SFU, which passes it on.
 */
const EXTENSIONS = /sdes:mid$|transport-wide-cc|abs-send-time|ssrc-audio-level|video-orientation|color-space/;

/** A transceiver that can say which header extensions it offers (W3C WebRTC Extensions), which not every browser can. */
interface ExtensionControl {
  getHeaderExtensionsToNegotiate(): { uri: string; direction: RTCRtpTransceiverDirection }[];
  setHeaderExtensionsToNegotiate(extensions: readonly { uri: string; direction: RTCRtpTransceiverDirection }[]): void;
}

/** Whether a codec is offered on direct paths. */
export function isUsedCodec({ mimeType }: Pick<RTCRtpCodec, "mimeType">): boolean {
  return CODECS.test(mimeType);
}

/** Whether a header extension is offered on direct paths. */
export function isUsedExtension(uri: string): boolean {
  return EXTENSIONS.test(uri);
}

/**
 * Leaves out of the offer, and so of the answer, what two browsers would not choose or need anyway. A browser names dozens of codecs and
 * extensions for each section, and on a thin line the pictures of the old path wait behind so long a description.
 */
export function offerOnlyWhatIsUsed(transceiver: RTCRtpTransceiver, kind: string): void {
  if ("setCodecPreferences" in transceiver) {
    const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs.filter(isUsedCodec) ?? [];
    if (codecs.length > 0) {
      transceiver.setCodecPreferences(codecs);
    }
  }
  if (controlsExtensions(transceiver)) {
    const extensions = transceiver.getHeaderExtensionsToNegotiate();
    transceiver.setHeaderExtensionsToNegotiate(
      extensions.map((extension) => (isUsedExtension(extension.uri) ? extension : { ...extension, direction: "stopped" })),
    );
  }
}

function controlsExtensions(transceiver: RTCRtpTransceiver): transceiver is RTCRtpTransceiver & ExtensionControl {
  return "setHeaderExtensionsToNegotiate" in transceiver && "getHeaderExtensionsToNegotiate" in transceiver;
}
