package dev.crosspoint.launcher;

import java.util.Map;

/**
 * How a server reaches its database.
 *
 * @param url JDBC address
 */
public record DatabaseAddress(String url, String user, String password) {

  /** The settings of a server that uses this database. */
  public Map<String, String> settings() {
    return Map.of(
        "CROSSPOINT_DATABASE_URL", url,
        "CROSSPOINT_DATABASE_USER", user,
        "CROSSPOINT_DATABASE_PASSWORD", password);
  }
}
