package dev.crosspoint.report.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.control.StoryPart;
import dev.crosspoint.transition.control.MemberOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoryTextTest {
  @Test
  void a_part_is_read_as_it_was_written() {
    StoryPart part =
        new StoryPart(
            "call",
            3,
            7,
            List.of(new StoryPart.Note("ann", MemberOutcome.LATE, Instant.EPOCH, "why")),
            List.of(new StoryPart.Gap("ann", "bob", "camera", 34.5)));

    assertThat(StoryText.read(StoryText.of(part))).isEqualTo(part);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"call\": 1}",
        "{\"call\": \"c\", \"epoch\": 1.5, \"number\": 1, \"notes\": [], \"gaps\": []}",
        "{\"call\": \"c\", \"epoch\": 1, \"number\": 1, \"gaps\": [], \"notes\":"
            + " [{\"participant\": \"a\", \"outcome\": \"OTHER\", \"at\": \"x\", \"detail\": \"\"}]}"
      })
  void whatever_else_is_told_to_be_unreadable(String text) {
    assertThatThrownBy(() -> StoryText.read(text))
        .isInstanceOf(StoryText.UnreadableException.class);
  }
}
