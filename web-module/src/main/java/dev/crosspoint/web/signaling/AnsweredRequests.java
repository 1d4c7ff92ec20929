package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ServerReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The latest requests of a session by their ids. A client that lost its socket cannot know which of
 * its requests arrived and sends those without an answer again; doing them twice would make two
 * producers of one source.
 */
final class AnsweredRequests {
  /** More than a client has under way at any time. */
  private static final int REMEMBERED = 512;

  private final Map<Long, CompletionStage<ServerReply>> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CompletionStage<ServerReply>> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized CompletionStage<ServerReply> once(
      long requestId, Supplier<CompletionStage<ServerReply>> ask) {
    return answers.computeIfAbsent(requestId, _ -> ask.get());
  }
}
