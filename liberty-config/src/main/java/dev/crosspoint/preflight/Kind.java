package dev.crosspoint.preflight;

import java.util.regex.Pattern;

/** Which values a setting takes. */
enum Kind {
  TEXT("a text", ".*"),
  SECRET("a secret", ".+"),
  FLAG("true or false", "true|false"),
  COUNT("a whole number", "\\d{1,9}"),
  PERCENT("a whole number from 0 to 100", "\\d{1,2}|100"),
  PORT(
      "a port from 0 to 65535",
      "\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]"),
  DURATION("a duration such as 5s or 2m", "(\\d+(ms|s|m|h|d))+"),
  PERIOD("a period such as PT30S or PT12H", "PT(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?"),
  VIDEO_CODEC("VP8, VP9, H264 or AV1", "VP8|VP9|H264|AV1"),
  SFU_FLAG("on, drain or off", "on|drain|off"),
  LOG_FORMAT("simple, tbasic or json", "simple|tbasic|json"),
  HTTP_URL("an http or https address", "https?://\\S+"),
  DATABASE_URL("an address such as jdbc:postgresql://host:5432/crosspoint", "jdbc:postgresql:\\S+");

  private final String expectation;
  private final Pattern pattern;

  Kind(String expectation, String regex) {
    this.expectation = expectation;
    this.pattern = Pattern.compile(regex, Pattern.DOTALL);
  }

  String expectation() {
    return expectation;
  }

  boolean accepts(String value) {
    return pattern.matcher(value).matches();
  }
}
