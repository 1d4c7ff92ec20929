package dev.crosspoint.media.engine.rtcp;

/** Packet types and feedback formats. */
public final class RtcpType {
  public static final int SENDER_REPORT = 200;
  public static final int RECEIVER_REPORT = 201;
  public static final int SOURCE_DESCRIPTION = 202;
  public static final int BYE = 203;
  public static final int TRANSPORT_FEEDBACK = 205;
  public static final int PAYLOAD_FEEDBACK = 206;

  /** Format of {@link #TRANSPORT_FEEDBACK}: generic NACK. */
  public static final int NACK = 1;

  /** Format of {@link #TRANSPORT_FEEDBACK}: transport-wide congestion control. */
  public static final int TRANSPORT_CC = 15;

  /** Format of {@link #PAYLOAD_FEEDBACK}: picture loss indication. */
  public static final int PLI = 1;

  /** Format of {@link #PAYLOAD_FEEDBACK}: full intra request. */
  public static final int FIR = 4;

  /** Format of {@link #PAYLOAD_FEEDBACK}: application layer, of which REMB is one. */
  public static final int APPLICATION = 15;

  /** Name of a REMB within {@link #APPLICATION}, in ASCII (draft-alvestrand-rmcat-remb-03, 2.2). */
  public static final int REMB = 0x52454D42;

  private RtcpType() {}
}
