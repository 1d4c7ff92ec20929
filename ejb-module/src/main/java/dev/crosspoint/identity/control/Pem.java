package dev.crosspoint.identity.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.keys.EcKeyUtil;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Keys as text (RFC 7468), in a setting or in the file that a setting names. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Pem() {}

  /**
   * A private P-256 key with its public half.
   *
   * @param setting its name, for the message
   * @throws IllegalArgumentException when there is no such key in it
   */
  static EllipticCurveJsonWebKey signingKey(String setting, String value) {
    byte[] der = block(setting, value, "PRIVATE KEY");
    try {
      ECPrivateKey secret =
          (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
      if (!secret.getParams().getCurve().equals(EllipticCurves.P256.getCurve())) {
        throw new IllegalArgumentException(setting + " is not on the curve P-256");
      }
      EllipticCurveJsonWebKey key = new EllipticCurveJsonWebKey(publicHalf(secret.getS()));
      key.setPrivateKey(secret);
      return key;
    } catch (GeneralSecurityException | JoseException | ClassCastException e) {
      throw new IllegalArgumentException(setting + " holds no private P-256 key", e);
    }
  }

  /**
   * A public RSA or EC key.
   *
   * @throws IllegalArgumentException when there is no such key in it
   */
  static PublicKey publicKey(String setting, String value) {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(block(setting, value, "PUBLIC KEY"));
    for (String algorithm : new String[] {"RSA", "EC"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(spec);
      } catch (GeneralSecurityException _) {
        // of the other kind, then
      }
    }
    throw new IllegalArgumentException(setting + " holds neither an RSA nor an EC public key");
  }

  private static ECPublicKey publicHalf(BigInteger secret) throws JoseException {
    X9ECParameters curve = CustomNamedCurves.getByName("P-256");
    ECPoint point = new FixedPointCombMultiplier().multiply(curve.getG(), secret).normalize();
    return new EcKeyUtil()
        .publicKey(
            point.getAffineXCoord().toBigInteger(),
            point.getAffineYCoord().toBigInteger(),
            EllipticCurves.P256);
  }

  private static byte[] block(String setting, String value, String label) {
    Matcher matcher = BLOCK.matcher(text(setting, value));
    while (matcher.find()) {
      if (matcher.group(1).equals(label)) {
        return Base64.getMimeDecoder().decode(matcher.group(2));
      }
    }
    throw new IllegalArgumentException(setting + " holds no PEM block \"" + label + "\"");
  }

  private static String text(String setting, String value) {
    if (value.contains("-----BEGIN")) {
      return value;
    }
    try {
      return Files.readString(Path.of(value));
    } catch (IOException e) {
      throw new UncheckedIOException(setting + " names a file that cannot be read", e);
    }
  }
}
