package dev.crosspoint.media.api;

import java.util.Map;

/**
 * A header extension as it is used in one stream (RFC 8285).
 *
 * @param id 1 to 14 (one-byte form)
 */
public record RtpHeaderExtensionParameters(
    String uri, int id, boolean encrypt, Map<String, Object> parameters) {
  public RtpHeaderExtensionParameters {
    parameters = Map.copyOf(parameters);
  }
}
