package dev.crosspoint.e2e.gap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one page displayed, played and sent for a while. All times are milliseconds of the wall
 * clock, which the browsers of one machine share.
 *
 * @param frames the camera pictures that were displayed, by the name of the person
 * @param blanks when a tile that had shown a picture showed none, by the name of the person
 * @param sounds what each source of sound gave to the loudspeaker
 * @param taken the pictures that the page's own camera took
 */
record Recording(
    Map<String, List<Frame>> frames,
    Map<String, List<Double>> blanks,
    List<Sound> sounds,
    List<Taken> taken) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A picture that was displayed.
   *
   * @param counter the number in the picture, 16 bits
   * @param person whose camera took it
   * @param element which video element displayed it
   * @param presented how many frames that element had presented by then; negative when not known
   */
  record Frame(double at, int counter, int person, int element, long presented) {}

  /**
   * A source of sound.
   *
   * @param person whose tone it is
   */
  record Sound(int person, List<Event> events) {}

  /**
   * Something heard.
   *
   * @param size of a click or residual, in parts of the tone's loudness; empty for others
   */
  record Event(Kind type, double at, Optional<Double> size) {}

  /** What can be heard of a steady tone. */
  enum Kind {
    /** The tone begins. */
    @JsonProperty("sound")
    SOUND,
    /** The tone stops, for 5 ms or more. */
    @JsonProperty("silence")
    SILENCE,
    /** The tone breaks off or jumps. */
    @JsonProperty("click")
    CLICK,
    /** The largest departure from a pure tone within the last half second. */
    @JsonProperty("residual")
    RESIDUAL
  }

  /** A picture that was taken. */
  record Taken(double at, int counter) {}

  static Recording parse(String json) {
    return JSON.readValue(json, Recording.class);
  }

  List<Frame> framesOf(String name) {
    return frames.getOrDefault(name, List.of());
  }

  List<Double> blanksOf(String name) {
    return blanks.getOrDefault(name, List.of());
  }
}
