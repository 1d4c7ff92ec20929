package dev.crosspoint.media.engine.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Vectors of RFC 5769, and what no vector shows. */
class StunMessageTest {
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
  private static final String REQUEST =
      "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
          + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
          + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";
  private static final String RESPONSE =
      "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
          + "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
          + "80280004c07d4c96";

  @Test
  void the_sample_request_is_authenticated_by_its_password_alone() {
    StunMessage request = StunMessage.parse(bytes(REQUEST)).orElseThrow();

    assertThat(request.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(request.username()).isEqualTo("evtj:h6vY");
    assertThat(request.has(StunAttribute.ICE_CONTROLLED)).isTrue();
    assertThat(request.isAuthenticatedBy(new StunKey(PASSWORD))).isTrue();
    assertThat(request.isAuthenticatedBy(new StunKey("wrong"))).isFalse();
  }

  @Test
  void the_sample_response_is_authenticated_by_its_password() {
    StunMessage response = StunMessage.parse(bytes(RESPONSE)).orElseThrow();

    assertThat(response.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(response.isAuthenticatedBy(new StunKey(PASSWORD))).isTrue();
  }

  @Test
  void the_mapped_address_is_written_as_in_the_sample() throws Exception {
    StunMessage sample = StunMessage.parse(bytes(RESPONSE)).orElseThrow();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 32853);

    ByteBuffer written =
        new StunWriter(StunMessage.BINDING_SUCCESS, sample.transactionId())
            .xorMappedAddress(address)
            .finish();

    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    assertThat(HexFormat.of().formatHex(bytes)).contains("002000080001a147e112a643");
  }

  @Test
  void what_is_written_is_read_back() {
    byte[] transactionId = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    StunKey key = new StunKey("secret");

    StunMessage message =
        StunMessage.parse(
                new StunWriter(StunMessage.BINDING_REQUEST, transactionId)
                    .username("a:b")
                    .integrity(key)
                    .finish())
            .orElseThrow();

    assertThat(message.transactionId()).isEqualTo(transactionId);
    assertThat(message.username()).isEqualTo("a:b");
    assertThat(message.isAuthenticatedBy(key)).isTrue();
  }

  @Test
  void a_changed_byte_is_noticed_by_the_fingerprint() {
    byte[] changed = HexFormat.of().parseHex(REQUEST);
    changed[30] ^= 1;

    assertThat(StunMessage.parse(ByteBuffer.wrap(changed))).isEmpty();
  }

  @Test
  void no_truncated_message_is_accepted() {
    byte[] whole = HexFormat.of().parseHex(REQUEST);
    for (int length = 0; length < whole.length; length++) {
      assertThat(StunMessage.parse(ByteBuffer.wrap(whole, 0, length))).isEmpty();
    }
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
