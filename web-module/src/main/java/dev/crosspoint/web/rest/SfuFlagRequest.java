package dev.crosspoint.web.rest;

import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import java.util.Locale;

/**
 * Asks for another setting of the SFU flag.
 *
 * @param flag ON, DRAIN or OFF
 */
public record SfuFlagRequest(String flag) {
  private static final int MAX_LENGTH = 16;

  public SfuFlagRequest {
    flag = DisplayText.checked("flag", flag, MAX_LENGTH);
  }

  /**
   * @throws CallFailure BAD_MESSAGE when it is none of the three
   */
  SfuFlag wanted() {
    try {
      return SfuFlag.of(flag.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new CallFailure(ErrorCode.BAD_MESSAGE, "flag is ON, DRAIN or OFF");
    }
  }
}
