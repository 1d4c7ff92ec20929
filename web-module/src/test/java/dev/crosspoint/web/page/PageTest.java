package dev.crosspoint.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/assets/app-3FA9C2QX.js|public, max-age=31536000, immutable",
        "/assets/app-3FA9C2QX.js.map|public, max-age=31536000, immutable",
        "/assets/icon.svg|no-cache",
        "/|no-cache",
        "/index.html|no-cache",
        "/c/abc|no-cache",
        "/api/v1/calls/x|no-store"
      })
  void hashed_parts_are_kept_for_ever_and_the_page_is_asked_for_each_time(
      String path, String expected) {
    assertThat(PageLifetime.cacheControl(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b", "/<script>", "/%00", "/" + "../WEB-INF/web.xml"})
  void only_what_can_be_a_call_is_served_the_page(String path) {
    assertThat(CallPage.names(path)).isFalse();
    assertThat(CallPage.names("/01J9-abc_DEF.x:y")).isTrue();
  }
}
