package dev.crosspoint.media.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.RouterId;
import org.junit.jupiter.api.Test;

class FenceRegisterTest {

  private final FenceRegister fences = new FenceRegister();
  private final RouterId call = new RouterId("call");

  @Test
  void anOwnerThatWakesLateIsRefused() {
    fences.admit(call, new Fence(1, 900));
    fences.admit(call, new Fence(2, 0));

    assertStale(new Fence(1, 901));
    assertStale(new Fence(1, 900));
  }

  @Test
  void aRepeatPassesAndAnOlderCommandDoesNot() {
    fences.admit(call, new Fence(1, 5));

    assertThatCode(() -> fences.admit(call, new Fence(1, 5))).doesNotThrowAnyException();
    assertStale(new Fence(1, 4));
  }

  @Test
  void routersDoNotFenceEachOther() {
    fences.admit(call, new Fence(9, 9));

    assertThatCode(() -> fences.admit(new RouterId("other"), new Fence(0, 0)))
        .doesNotThrowAnyException();
  }

  @Test
  void theRegisterDoesNotGrowWithoutEnd() {
    fences.admit(call, new Fence(9, 9));
    for (int i = 0; i < FenceRegister.CAPACITY; i++) {
      fences.admit(new RouterId("r" + i), new Fence(1, 1));
    }

    assertThatCode(() -> fences.admit(call, new Fence(1, 1))).doesNotThrowAnyException();
  }

  private void assertStale(Fence fence) {
    assertThatThrownBy(() -> fences.admit(call, fence))
        .isInstanceOfSatisfying(
            MediaException.class,
            refused -> assertThat(refused.code()).isEqualTo(MediaErrorCode.STALE_COMMAND));
  }
}
