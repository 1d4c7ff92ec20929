package dev.crosspoint.e2e;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Tokens that look like a good one and open nothing. */
enum BadToken {
  EMPTY {
    @Override
    String like(String good, RunningServer server) {
      return "";
    }
  },
  GARBLED {
    @Override
    String like(String good, RunningServer server) {
      return good.substring(0, good.length() / 2);
    }
  },
  TOO_LONG {
    @Override
    String like(String good, RunningServer server) {
      return good + "A".repeat(9_000);
    }
  },
  /** The claims were changed after the signature. */
  ALTERED {
    @Override
    String like(String good, RunningServer server) throws Exception {
      JwtClaims claims = claims(good);
      claims.setStringListClaim("groups", "admin");
      String[] parts = good.split("\\.", -1);
      return parts[0] + "." + base64(claims.toJson()) + "." + parts[2];
    }
  },
  /** Algorithm {@code none} (RFC 8725, section 3.2). */
  UNSIGNED {
    @Override
    String like(String good, RunningServer server) throws Exception {
      return base64("{\"alg\":\"none\"}") + "." + base64(claims(good).toJson()) + ".";
    }
  },
  /** The public key taken for a shared secret (RFC 8725, section 2.1). */
  HMAC_WITH_PUBLIC_KEY {
    @Override
    String like(String good, RunningServer server) throws Exception {
      JsonWebSignature forged = new JsonWebSignature();
      forged.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
      forged.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
      forged.setKey(new HmacKey(key(server).getPublicKey().getEncoded()));
      forged.setPayload(claims(good).toJson());
      return forged.getCompactSerialization();
    }
  },
  SIGNED_BY_SOMEBODY_ELSE {
    @Override
    String like(String good, RunningServer server) throws Exception {
      return signed(claims(good), EcJwkGenerator.generateJwk(EllipticCurves.P256));
    }
  },
  OF_ANOTHER_ISSUER {
    @Override
    String like(String good, RunningServer server) throws Exception {
      JwtClaims claims = claims(good);
      claims.setIssuer("https://elsewhere.example");
      return signed(claims, key(server));
    }
  },
  EXPIRED {
    @Override
    String like(String good, RunningServer server) throws Exception {
      JwtClaims claims = claims(good);
      claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 3600));
      return signed(claims, key(server));
    }
  };

  /** A bad token with the claims of a good one: the same person, the same call. */
  abstract String like(String good, RunningServer server) throws Exception;

  /** The claims of a token with the server's own signature, to show that only its flaw counts. */
  static String resigned(String good, RunningServer server) throws Exception {
    return signed(claims(good), key(server));
  }

  /** A good token of the same person, with other rights. */
  static String regrouped(String good, String group, RunningServer server) throws Exception {
    JwtClaims claims = claims(good);
    claims.setStringListClaim("groups", group);
    return signed(claims, key(server));
  }

  /** What a token says, whether it is good or not. */
  static JwtClaims claims(String token) throws InvalidJwtException {
    return new JwtConsumerBuilder()
        .setSkipAllValidators()
        .setSkipSignatureVerification()
        .build()
        .processToClaims(token);
  }

  private static String signed(JwtClaims claims, EllipticCurveJsonWebKey key) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKey(key.getPrivateKey());
    signature.setPayload(claims.toJson());
    return signature.getCompactSerialization();
  }

  /** The key that the server made for trying out. */
  private static EllipticCurveJsonWebKey key(RunningServer server)
      throws SQLException, JoseException {
    try (Connection database = server.database();
        Statement query = database.createStatement();
        ResultSet rows = query.executeQuery("SELECT jwk FROM token_key")) {
      rows.next();
      return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(rows.getString(1));
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
