package dev.crosspoint.media.engine.speaker;

import dev.crosspoint.media.engine.rtp.RtpPacket;

/**
 * Reads the audio level that a client puts into its packets (RFC 6464, 3). It is the client's word:
 * nothing here can tell whether it is true.
 */
final class AudioLevel {
  /** The packet has no level, or one that is malformed. */
  static final int MISSING = -1;

  private static final int SILENCE = 127;
  private static final int VOICE = 0x80;

  private AudioLevel() {}

  /** The byte of the extension, or {@link #MISSING}. */
  static int read(RtpPacket packet, int extensionId) {
    return packet.extensionLength(extensionId) == 1
        ? packet.buffer().get(packet.extensionOffset(extensionId)) & 0xFF
        : MISSING;
  }

  /** In dB above silence: 0 to 127. */
  static int loudness(int value) {
    return SILENCE - (value & SILENCE);
  }

  /** The V bit: the client believes that this is speech. */
  static boolean isVoice(int value) {
    return (value & VOICE) != 0;
  }
}
