package dev.crosspoint.identity.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.control.TokenIssuer;
import dev.crosspoint.identity.control.TokenKeys;
import dev.crosspoint.identity.control.TokenSettings;
import dev.crosspoint.identity.control.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String CALL = "k7h2m4";

  private final TestDatabase database = TestDatabase.fresh();
  private final KeyPair ours = keyPair();
  private final KeyPair usersIssuer = keyPair();
  private Instant now = NOW;

  @Test
  void aGuestIsLetInAndGetsATokenForOneCall() {
    Identities identities = identities(guestAccess());

    Caller guest = identities.authenticate(identities.issueGuest(" Ada ").token());
    Caller inCall = identities.authenticate(identities.issueForCall(guest, CALL).token());

    assertThat(guest.displayName()).isEqualTo("Ada");
    assertThat(guest.roles()).containsExactly(Role.GUEST);
    assertThat(guest.callId()).isEmpty();
    assertThat(inCall.subject()).isEqualTo(guest.subject());
    assertThat(inCall.callId()).contains(CALL);
    assertThat(inCall.opens("another")).isFalse();
  }

  @Test
  void thereAreNoGuestsUnlessGuestAccessIsOn() {
    refused(ErrorCode.FORBIDDEN, () -> identities(users()).issueGuest("Ada"));
  }

  @Test
  void aTokenForOneCallGetsNoneForAnother() {
    Identities identities = identities(guestAccess());
    Caller inCall = new Caller("s", "Ada", Set.of(Role.GUEST), Optional.of(CALL));

    refused(ErrorCode.FORBIDDEN, () -> identities.issueForCall(inCall, "another"));
  }

  @Test
  void aMadeKeyIsKeptSoThatTokensOutliveARestart() {
    String token = identities(guestAccess()).issueGuest("Ada").token();

    assertThat(identities(guestAccess()).authenticate(token).displayName()).isEqualTo("Ada");
  }

  @Test
  void aTokenEndsWithItsLifetime() {
    Identities identities = identities(guestAccess());
    String token = identities.issueGuest("Ada").token();

    now = NOW.plus(Duration.ofHours(12)).plusSeconds(31);

    refused(ErrorCode.UNAUTHORIZED, () -> identities.authenticate(token));
  }

  @Test
  void aUserOfTheConfiguredIssuerIsKnown() {
    Caller user = identities(users()).authenticate(userToken(claims("https://id.example")));

    assertThat(user.subject()).isEqualTo("ada@example");
    assertThat(user.roles()).contains(Role.USER, Role.ADMIN);
  }

  @Test
  void anIssuerOfUsersCannotOpenACallByItself() {
    JwtClaims claims = claims("https://id.example");
    claims.setStringClaim("callId", CALL);

    assertThat(identities(users()).authenticate(userToken(claims)).callId()).isEmpty();
  }

  @Test
  void anIssuerOfUsersCannotSpeakForTheApplication() {
    refused(
        ErrorCode.UNAUTHORIZED,
        () -> identities(users()).authenticate(userToken(claims("crosspoint"))));
  }

  @Test
  void aTokenThatSomebodyElseSignedIsRefused() {
    String forged =
        sign(
            claims("https://id.example"),
            keyPair().getPrivate(),
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

    refused(ErrorCode.UNAUTHORIZED, () -> identities(users()).authenticate(forged));
  }

  @Test
  void anUnsignedTokenIsRefused() {
    String header = base64("{\"alg\":\"none\"}");
    String payload = base64(claims("https://id.example").toJson());

    refused(
        ErrorCode.UNAUTHORIZED,
        () -> identities(users()).authenticate(header + "." + payload + "."));
  }

  @Test
  void aTokenWithoutAnEndIsRefused() {
    JwtClaims claims = claims("https://id.example");
    claims.unsetClaim("exp");

    refused(ErrorCode.UNAUTHORIZED, () -> identities(users()).authenticate(userToken(claims)));
  }

  @Test
  void garbageIsRefusedAsAnyBadToken() {
    Identities identities = identities(users());

    for (String garbage : List.of("", ".", "..", "a.b.c", "x".repeat(10_000), "\u0000\uffff")) {
      refused(ErrorCode.UNAUTHORIZED, () -> identities.authenticate(garbage));
    }
  }

  @Test
  void aServerWithoutATokenKeySaysWhichSettingIsMissing() {
    assertThatThrownBy(() -> settings(false, Optional.empty(), Optional.empty()))
        .hasMessageContaining("CROSSPOINT_TOKEN_KEY");
  }

  private TokenSettings guestAccess() {
    return settings(true, Optional.empty(), Optional.empty());
  }

  private TokenSettings users() {
    return settings(
        false,
        Optional.of(pem("PRIVATE KEY", ours.getPrivate())),
        Optional.of(pem("PUBLIC KEY", usersIssuer.getPublic())));
  }

  private static TokenSettings settings(
      boolean guests, Optional<String> key, Optional<String> usersKey) {
    return new TokenSettings(
        guests,
        key,
        Duration.ofHours(12),
        usersKey.map(_ -> "https://id.example"),
        Optional.empty(),
        Optional.empty(),
        usersKey);
  }

  private Identities identities(TokenSettings settings) {
    InstantSource clock = () -> now;
    TokenKeys keys = new TokenKeys(settings, database, clock);
    return new Identities(
        new TokenVerifier(keys, settings, clock), new TokenIssuer(keys, settings, clock), settings);
  }

  private JwtClaims claims(String issuer) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setSubject("ada@example");
    claims.setStringListClaim("groups", "admin");
    claims.setExpirationTime(NumericDate.fromSeconds(NOW.plusSeconds(60).getEpochSecond()));
    return claims;
  }

  private String userToken(JwtClaims claims) {
    return sign(
        claims, usersIssuer.getPrivate(), AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
  }

  private static String sign(JwtClaims claims, Key key, String algorithm) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKey(key);
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, Key key) {
    String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            CallFailure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
