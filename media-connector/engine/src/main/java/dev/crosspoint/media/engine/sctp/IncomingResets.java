package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Parameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers the peer's requests about streams (RFC 6525, 5.2): it may end streams it sends on, and
 * nothing else.
 */
final class IncomingResets {
  private static final int PERFORMED = 1;
  private static final int DENIED = 2;
  private static final int WRONG_STREAM = 3;
  private static final int WRONG_NUMBER = 5;
  private static final int IN_PROGRESS = 6;
  private static final int OUTGOING_VALUE = 12;

  private final DataReceiver receiver;
  private final Consumer<List<Integer>> ended;
  private int expected;
  private int lastResult = DENIED;

  /**
   * @param initialTsn of the peer, where the numbers of its requests begin too
   * @param ended takes the streams that the peer ended; none means all
   */
  IncomingResets(int initialTsn, DataReceiver receiver, Consumer<List<Integer>> ended) {
    this.expected = initialTsn;
    this.receiver = receiver;
    this.ended = ended;
  }

  /** The answer to a request; empty when it is none. */
  Optional<Parameter> onRequest(Parameter request) {
    ByteBuffer value = request.value();
    if (request.type() < Parameter.OUTGOING_RESET
        || request.type() > Parameter.LAST_RECONFIG_REQUEST
        || request.type() == Parameter.RECONFIG_RESPONSE
        || value.limit() < 4) {
      return Optional.empty();
    }
    int number = value.getInt(0);
    if (number == expected - 1) {
      return Optional.of(response(number, lastResult));
    }
    if (number != expected) {
      return Optional.of(response(number, WRONG_NUMBER));
    }
    int result =
        request.type() == Parameter.OUTGOING_RESET && value.limit() >= OUTGOING_VALUE
            ? reset(value)
            : DENIED;
    if (result != IN_PROGRESS) {
      expected++;
      lastResult = result;
    }
    return Optional.of(response(number, result));
  }

  /** What was sent before the end has to arrive first; the peer asks again. */
  private int reset(ByteBuffer value) {
    if (!receiver.hasAllUpTo(value.getInt(8))) {
      return IN_PROGRESS;
    }
    List<Integer> streamIds = new ArrayList<>();
    for (int at = OUTGOING_VALUE; at + 1 < value.limit(); at += 2) {
      streamIds.add(value.getShort(at) & 0xFFFF);
    }
    if (!receiver.hasStreams(streamIds)) {
      return WRONG_STREAM;
    }
    receiver.reset(streamIds);
    ended.accept(streamIds);
    return PERFORMED;
  }

  private static Parameter response(int number, int result) {
    return new Parameter(
        Parameter.RECONFIG_RESPONSE, ByteBuffer.allocate(8).putInt(number).putInt(result).flip());
  }
}
