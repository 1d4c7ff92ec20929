package dev.crosspoint.identity.control;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What an operator may set about tokens.
 *
 * <p>{@code crosspoint.token.key} (environment: {@code CROSSPOINT_TOKEN_KEY}) is the private P-256
 * key that signs call tokens, as PEM (PKCS#8) or as the path of such a file. It is required unless
 * guest access is on.
 */
@Singleton
public class TokenSettings {
  private final boolean guestAccess;
  private final Optional<String> key;
  private final Duration lifetime;
  private final Optional<UserIssuer> userIssuer;

  /**
   * Who issues the tokens of users. One of the two keys is enough; the URL goes first.
   *
   * @param issuer the {@code iss} claim
   * @param audience the {@code aud} claim; empty when it does not matter
   * @param jwksUrl where the issuer's keys are (RFC 7517)
   * @param publicKey the issuer's key, as PEM or the path of such a file
   */
  public record UserIssuer(
      String issuer,
      Optional<String> audience,
      Optional<String> jwksUrl,
      Optional<String> publicKey) {
    public UserIssuer {
      if (jwksUrl.isEmpty() && publicKey.isEmpty()) {
        throw new IllegalArgumentException(
            "crosspoint.jwt.issuer needs crosspoint.jwt.jwks-url or"
                + " crosspoint.jwt.public-key");
      }
    }
  }

  /**
   * @throws IllegalArgumentException when a setting is missing
   */
  @Inject
  public TokenSettings(
      @ConfigProperty(name = "crosspoint.guest-access", defaultValue = "false") boolean guestAccess,
      @ConfigProperty(name = "crosspoint.token.key") Optional<String> key,
      @ConfigProperty(name = "crosspoint.token.lifetime", defaultValue = "PT12H") Duration lifetime,
      @ConfigProperty(name = "crosspoint.jwt.issuer") Optional<String> issuer,
      @ConfigProperty(name = "crosspoint.jwt.audience") Optional<String> audience,
      @ConfigProperty(name = "crosspoint.jwt.jwks-url") Optional<String> jwksUrl,
      @ConfigProperty(name = "crosspoint.jwt.public-key") Optional<String> publicKey) {
    this.guestAccess = guestAccess;
    this.key = key;
    this.lifetime = lifetime;
    this.userIssuer = issuer.map(name -> new UserIssuer(name, audience, jwksUrl, publicKey));
    if (key.isEmpty() && !guestAccess) {
      throw new IllegalArgumentException(
          "crosspoint.token.key (CROSSPOINT_TOKEN_KEY) is missing: a private P-256 key, PEM"
              + " (PKCS#8) or the path of such a file");
    }
  }

  public boolean guestAccess() {
    return guestAccess;
  }

  public Optional<String> key() {
    return key;
  }

  /** How long issued tokens are good. */
  public Duration lifetime() {
    return lifetime;
  }

  public Optional<UserIssuer> userIssuer() {
    return userIssuer;
  }
}
