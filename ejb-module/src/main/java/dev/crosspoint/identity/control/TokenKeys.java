package dev.crosspoint.identity.control;

import dev.crosspoint.data.Transactions;
import dev.crosspoint.log.CallLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The key that signs this application's tokens: the configured one; for trying out, one that is
 * made once and kept in the database, so that tokens outlive a restart.
 */
@Singleton
public class TokenKeys {
  private static final String MADE = "made";

  private final EllipticCurveJsonWebKey signingKey;

  @Inject
  public TokenKeys(TokenSettings settings, Transactions transactions, InstantSource clock) {
    signingKey =
        settings
            .key()
            .map(key -> Pem.signingKey("crosspoint.token.key", key))
            .orElseGet(() -> kept(transactions, clock));
  }

  EllipticCurveJsonWebKey signingKey() {
    return signingKey;
  }

  private static EllipticCurveJsonWebKey kept(Transactions transactions, InstantSource clock) {
    try {
      EllipticCurveJsonWebKey fresh = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      String jwk =
          transactions.call(em -> {
            int made =
                em.createNativeQuery(
                        """
                        INSERT INTO token_key (id, jwk, created_at) VALUES (:id, :jwk, :now)
                        ON CONFLICT (id) DO NOTHING
                        """)
                    .setParameter("id", MADE)
                    .setParameter(
                        "jwk", fresh.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE))
                    .setParameter("now", clock.instant())
                    .executeUpdate();
            if (made == 1) {
              CallLog.LOG.tokenKeyMade();
            }
            List<?> rows =
                em.createNativeQuery("SELECT jwk FROM token_key WHERE id = :id", String.class)
                    .setParameter("id", MADE)
                    .getResultList();
            return (String) rows.getFirst();
          });
      return (EllipticCurveJsonWebKey) PublicJsonWebKey.Factory.newPublicJwk(jwk);
    } catch (JoseException e) {
      throw new IllegalStateException("the kept token key is unusable", e);
    }
  }
}
