package dev.crosspoint.launcher;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A token key made for one run, and an administrator's token that it signed. Whoever starts the
 * server sees the token; nobody else is an administrator.
 */
final class AdminAccess {
  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final KeyPair key;

  private AdminAccess(KeyPair key) {
    this.key = key;
  }

  /** Access by a fresh key. */
  static AdminAccess make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new AdminAccess(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256", e);
    }
  }

  /** The value of CROSSPOINT_TOKEN_KEY: the private key as PEM (PKCS#8). */
  String tokenKey() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + PEM.encodeToString(key.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** An administrator's token (RFC 7519, ES256), good for 12 hours. */
  String token(Instant now) {
    String header = base64("{\"alg\":\"ES256\"}");
    String claims =
        base64(
            """
            {"iss":"crosspoint","sub":"admin:tryout","name":"Administrator",\
            "groups":["admin"],"iat":%d,"exp":%d}\
            """
                .formatted(now.getEpochSecond(), now.plus(LIFETIME).getEpochSecond()));
    String signed = header + "." + claims;
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key just made does not sign", e);
    }
  }

  private static String base64(String json) {
    return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
