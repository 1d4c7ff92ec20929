package dev.crosspoint.report.control;

import dev.crosspoint.call.control.StoryPart;
import dev.crosspoint.transition.control.MemberOutcome;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;

/** Parts of stories as JSON, the text of a message. */
final class StoryText {
  private StoryText() {}

  /** A text that this version of the server did not write, or that was damaged. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(RuntimeException cause) {
      super("the text of a message is no part of a story", cause);
    }
  }

  static String of(StoryPart part) {
    JsonArrayBuilder notes = Json.createArrayBuilder();
    part.notes()
        .forEach(note ->
            notes.add(
                Json.createObjectBuilder()
                    .add("participant", note.participantId())
                    .add("outcome", note.outcome().name())
                    .add("at", note.at().toString())
                    .add("detail", note.detail())));
    JsonArrayBuilder gaps = Json.createArrayBuilder();
    part.gaps()
        .forEach(gap ->
            gaps.add(
                Json.createObjectBuilder()
                    .add("receiver", gap.receiverId())
                    .add("sender", gap.senderId())
                    .add("source", gap.sourceId())
                    .add("ms", gap.gapMs())));
    return Json.createObjectBuilder()
        .add("call", part.callId())
        .add("epoch", part.epoch())
        .add("number", part.number())
        .add("notes", notes)
        .add("gaps", gaps)
        .build()
        .toString();
  }

  /**
   * @throws UnreadableException when the text is something else
   */
  static StoryPart read(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject part = reader.readObject();
      return new StoryPart(
          part.getString("call"),
          part.getJsonNumber("epoch").longValueExact(),
          part.getJsonNumber("number").longValueExact(),
          part.getJsonArray("notes").getValuesAs(StoryText::note),
          part.getJsonArray("gaps").getValuesAs(StoryText::gap));
    } catch (RuntimeException e) { // whatever is missing, or is something else
      throw new UnreadableException(e);
    }
  }

  private static StoryPart.Note note(JsonObject note) {
    return new StoryPart.Note(
        note.getString("participant"),
        MemberOutcome.valueOf(note.getString("outcome")),
        Instant.parse(note.getString("at")),
        note.getString("detail"));
  }

  private static StoryPart.Gap gap(JsonObject gap) {
    return new StoryPart.Gap(
        gap.getString("receiver"),
        gap.getString("sender"),
        gap.getString("source"),
        gap.getJsonNumber("ms").doubleValue());
  }
}
