package dev.crosspoint.media.io.dtls;

import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Bouncy Castle's primitives, with GCM that multiplies without tables: they would take 10 kB for
 * each direction of each association, of which most never carry anything after the handshake.
 */
final class SmallTlsCrypto extends BcTlsCrypto {

  SmallTlsCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  protected AEADBlockCipher createGCMMode(BlockCipher cipher) {
    return GCMBlockCipher.newInstance(cipher, new BasicGCMMultiplier());
  }
}
