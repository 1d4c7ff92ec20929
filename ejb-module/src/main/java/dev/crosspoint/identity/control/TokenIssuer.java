package dev.crosspoint.identity.control;

import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.IssuedToken;
import dev.crosspoint.identity.boundary.Role;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs this application's own tokens (RFC 7519, ES256). */
@Singleton
public class TokenIssuer {
  /** The {@code iss} of this application's own tokens. */
  static final String ISSUER = "crosspoint";

  static final String NAME = "name";
  static final String GROUPS = "groups";
  static final String CALL_ID = "callId";

  private final TokenKeys keys;
  private final TokenSettings settings;
  private final InstantSource clock;

  @Inject
  public TokenIssuer(TokenKeys keys, TokenSettings settings, InstantSource clock) {
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  /** A token by which {@link TokenVerifier} finds the same caller again. */
  public IssuedToken issue(Caller caller) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(settings.lifetime());
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setSubject(caller.subject());
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
    claims.setGeneratedJwtId();
    claims.setStringClaim(NAME, caller.displayName());
    claims.setStringListClaim(
        GROUPS, caller.roles().stream().map(TokenIssuer::group).sorted().toList());
    caller.callId().ifPresent(callId -> claims.setStringClaim(CALL_ID, callId));
    return new IssuedToken(sign(claims), expiresAt);
  }

  static String group(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private String sign(JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKey(keys.signingKey().getPrivateKey());
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("the token key does not sign", e);
    }
  }
}
