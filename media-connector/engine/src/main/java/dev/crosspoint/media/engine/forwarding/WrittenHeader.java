package dev.crosspoint.media.engine.forwarding;

/**
 * The header of the packet that was written last: its size, and where what is known only when it is
 * sent is to stand. One for all writers of an engine: a packet is sent before the next is written.
 */
public final class WrittenHeader {
  private static final int NOWHERE = 0;

  private int length;
  private int transportCcOffset = NOWHERE;
  private int absSendTimeOffset = NOWHERE;

  void begin() {
    transportCcOffset = NOWHERE;
    absSendTimeOffset = NOWHERE;
  }

  void end(int bytes) {
    length = bytes;
  }

  void transportCcAt(int offset) {
    transportCcOffset = offset;
  }

  void absSendTimeAt(int offset) {
    absSendTimeOffset = offset;
  }

  /** Bytes up to the payload. */
  public int length() {
    return length;
  }

  /** Whether the packet has a transport-wide number. */
  public boolean hasTransportCc() {
    return transportCcOffset != NOWHERE;
  }

  public int transportCcOffset() {
    return transportCcOffset;
  }

  /** Whether the packet tells when it leaves. */
  public boolean hasAbsSendTime() {
    return absSendTimeOffset != NOWHERE;
  }

  public int absSendTimeOffset() {
    return absSendTimeOffset;
  }
}
