package dev.crosspoint.identity.control;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.Key;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens: this application's own, and those of the configured issuer of users. Each issuer
 * has its own keys and algorithms; neither can speak for the other.
 */
@Singleton
public class TokenVerifier {
  private static final int MAX_LENGTH = 8_192;
  private static final int MAX_SUBJECT = 200;
  private static final int MAX_NAME = 80;
  private static final int SKEW_SECONDS = 30;

  private final TokenKeys keys;
  private final Optional<TokenSettings.UserIssuer> users;
  private final Optional<HttpsJwks> userKeys;
  private final Optional<Key> userKey;
  private final InstantSource clock;

  @Inject
  public TokenVerifier(TokenKeys keys, TokenSettings settings, InstantSource clock) {
    this.keys = keys;
    this.users = settings.userIssuer();
    this.userKeys = users.flatMap(TokenSettings.UserIssuer::jwksUrl).map(HttpsJwks::new);
    this.userKey =
        users
            .flatMap(TokenSettings.UserIssuer::publicKey)
            .map(key -> Pem.publicKey("crosspoint.jwt.public-key", key));
    this.clock = clock;
  }

  /**
   * @throws CallFailure UNAUTHORIZED for every token that is not good, without telling why
   */
  public Caller verify(String token) {
    if (token.length() > MAX_LENGTH) {
      throw unauthorized();
    }
    try {
      JwtClaims own = ownOrNull(token);
      return own != null ? caller(own, true) : caller(ofUser(token), false);
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException _) {
      throw unauthorized(); // the reason would only help those who guess
    }
  }

  /** Makes sure that the keys are usable; they are read when this bean is made. */
  void check() {
    Objects.requireNonNull(keys.signingKey().getPublicKey(), "public half of the token key");
  }

  private @Nullable JwtClaims ownOrNull(String token) throws InvalidJwtException {
    JwtConsumer own =
        common()
            .setExpectedIssuer(TokenIssuer.ISSUER)
            .setSkipDefaultAudienceValidation()
            .setVerificationKey(keys.signingKey().getPublicKey())
            .setJwsAlgorithmConstraints(
                permitted(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
            .build();
    try {
      return own.processToClaims(token);
    } catch (InvalidJwtException e) {
      if (users.isPresent()) {
        return null; // perhaps a user's
      }
      throw e;
    }
  }

  private JwtClaims ofUser(String token) throws InvalidJwtException {
    TokenSettings.UserIssuer issuer = users.orElseThrow(IllegalArgumentException::new);
    JwtConsumerBuilder builder =
        common()
            .setExpectedIssuer(issuer.issuer())
            .setJwsAlgorithmConstraints(
                permitted(
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256));
    issuer
        .audience()
        .ifPresentOrElse(
            audience -> builder.setExpectedAudience(audience),
            builder::setSkipDefaultAudienceValidation);
    userKeys.ifPresentOrElse(
        jwks -> builder.setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(jwks)),
        () -> userKey.ifPresent(builder::setVerificationKey));
    return builder.build().processToClaims(token);
  }

  private JwtConsumerBuilder common() {
    return new JwtConsumerBuilder()
        .setRequireExpirationTime()
        .setRequireSubject()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()));
  }

  private static AlgorithmConstraints permitted(String... algorithms) {
    return new AlgorithmConstraints(ConstraintType.PERMIT, algorithms);
  }

  private static Caller caller(JwtClaims claims, boolean own) throws MalformedClaimException {
    String subject = claims.getSubject();
    if (subject.isBlank() || subject.length() > MAX_SUBJECT) {
      throw new IllegalArgumentException("subject");
    }
    String name = claims.getStringClaimValue(TokenIssuer.NAME);
    Optional<String> callId =
        own
            ? Optional.ofNullable(claims.getStringClaimValue(TokenIssuer.CALL_ID))
            : Optional.empty();
    return new Caller(subject, cut(name == null ? subject : name), roles(claims, own), callId);
  }

  private static Set<Role> roles(JwtClaims claims, boolean own) throws MalformedClaimException {
    List<String> groups =
        claims.hasClaim(TokenIssuer.GROUPS)
            ? claims.getStringListClaimValue(TokenIssuer.GROUPS)
            : List.of();
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (groups.contains(TokenIssuer.group(role))) {
        roles.add(role);
      }
    }
    if (!own) {
      roles.add(Role.USER); // the issuer of users knows them: that is enough
      roles.remove(Role.GUEST);
    }
    return roles;
  }

  private static String cut(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }

  private static CallFailure unauthorized() {
    return new CallFailure(ErrorCode.UNAUTHORIZED, "the token is not good");
  }
}
