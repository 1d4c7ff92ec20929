package dev.crosspoint.media.engine.sctp;

import java.util.List;

/** Something that happened in an association, in order of happening. */
public sealed interface SctpEvent {

  /** Messages may be sent: on streams below this number. */
  record Connected(int outgoingStreams) implements SctpEvent {}

  /** A message has come. */
  record Received(SctpMessage message) implements SctpEvent {}

  /**
   * The peer has ended streams: what comes on them from now on begins anew.
   *
   * @param streamIds none means all
   */
  record StreamsEnded(List<Integer> streamIds) implements SctpEvent {
    public StreamsEnded {
      streamIds = List.copyOf(streamIds);
    }
  }

  /** Streams that this side ended may be used again. */
  record StreamsReset(List<Integer> streamIds) implements SctpEvent {
    public StreamsReset {
      streamIds = List.copyOf(streamIds);
    }
  }

  /** The peer lost all its state and began again; what was on its way is lost. */
  record Restarted() implements SctpEvent {}

  /** It is over. */
  record Closed(CloseReason reason) implements SctpEvent {}
}
