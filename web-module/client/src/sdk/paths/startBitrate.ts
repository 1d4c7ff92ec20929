import { FLOOR_KBPS } from "./quality";

/**
 * Tells the sender by the other end's description where the rate of its pictures starts, and below which it never falls. Only Chromium
 * understands these parameters of the codec that it will use, the first of each video section. Others pass over them (RFC 8866, section 6.15).
 *
 * @param sdp a remote description
 */
export function startingAt(sdp: string, kbps: number): string {
  return sdp.split(/(?=^m=)/m).map((section) => (section.startsWith("m=video") ? sectionStartingAt(section, kbps) : section)).join("");
}

function sectionStartingAt(section: string, kbps: number): string {
  const payloadType = /^m=video \d+ \S+ (\d+)/.exec(section)?.[1];
  if (payloadType === undefined) {
    return section;
  }
  const parameters = `x-google-start-bitrate=${kbps};x-google-min-bitrate=${FLOOR_KBPS}`;
  const known = new RegExp(`^a=fmtp:${payloadType} [^\\r\\n]*`, "m");
  return known.test(section)
    ? section.replace(known, (line) => `${line};${parameters}`)
    : section.replace(new RegExp(`^a=rtpmap:${payloadType} [^\\r\\n]*\\r?\\n`, "m"), (line) => `${line}a=fmtp:${payloadType} ${parameters}\r\n`);
}
