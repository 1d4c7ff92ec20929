package dev.crosspoint.admission.control;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings that administrators have changed in the database, for whoever asks MicroProfile Config:
 * before what the environment says, and as this server read them last.
 */
public class ChangedSettings implements ConfigSource {
  /** Above the environment (300) and system properties (400). */
  private static final int ORDINAL = 500;

  /** Of all instances: MicroProfile Config makes its own. */
  private static final Map<String, String> VALUES = new ConcurrentHashMap<>();

  /** An administrator has changed a setting. */
  static void put(String name, String value) {
    VALUES.put(name, value);
  }

  /** A setting is again as the server was set up. */
  static void remove(String name) {
    VALUES.remove(name);
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public Set<String> getPropertyNames() {
    return Set.copyOf(VALUES.keySet());
  }

  @Override
  public @Nullable String getValue(String name) {
    return VALUES.get(name);
  }

  @Override
  public String getName() {
    return "settings that administrators have changed";
  }
}
