/** Sound is Opus; pictures are VP8 or, where a browser has no VP8, plain H.264. The rest repairs what was lost. */
const USED = [/^audio\/opus$/i, /^video\/(VP8|rtx|red|ulpfec)$/i];
const PLAIN_H264 = /packetization-mode=1.*profile-level-id=42e01f|profile-level-id=42e01f.*packetization-mode=1/i;

/** Whether a codec is offered on direct paths. */
export function isUsed({ mimeType, sdpFmtpLine = "" }: Pick<RTCRtpCodec, "mimeType" | "sdpFmtpLine">): boolean {
  return USED.some((used) => used.test(mimeType)) || (/^video\/H264$/i.test(mimeType) && PLAIN_H264.test(sdpFmtpLine));
}

/**
 * Leaves out of the offer what two browsers would not choose anyway. A browser names dozens of codecs for each section, and on a thin
 * line the pictures of the old path wait behind so long an offer.
 */
export function offerOnlyWhatIsUsed(transceiver: RTCRtpTransceiver, kind: string): void {
  if (!("setCodecPreferences" in transceiver)) {
    return;
  }
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs.filter(isUsed) ?? [];
  if (codecs.length > 0) {
    transceiver.setCodecPreferences(codecs);
  }
}
