package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.SfuFlag;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an operator may set about admission. */
@Singleton
public class AdmissionSettings {
  static final String SFU = "crosspoint.sfu";

  private final int sfuCalls;
  private final SfuFlag sfu;

  /**
   * @param sfuCalls how many calls may use the SFU of this server at once
   * @param sfu the SFU flag as long as no administrator has changed it
   * @throws IllegalArgumentException when the number is negative or the flag none of the three
   */
  @Inject
  public AdmissionSettings(
      @ConfigProperty(name = "crosspoint.sfu-calls", defaultValue = "10") int sfuCalls,
      @ConfigProperty(name = SFU, defaultValue = "on") String sfu) {
    if (sfuCalls < 0) {
      throw new IllegalArgumentException("crosspoint.sfu-calls is not negative");
    }
    this.sfuCalls = sfuCalls;
    this.sfu = SfuFlag.of(sfu);
  }

  /** How many calls may use the SFU of this server at once; 0 for none. */
  public int sfuCalls() {
    return sfuCalls;
  }

  /** The SFU flag as long as no administrator has changed it. */
  public SfuFlag sfu() {
    return sfu;
  }
}
