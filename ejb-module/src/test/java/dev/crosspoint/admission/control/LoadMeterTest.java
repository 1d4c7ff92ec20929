package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.crosspoint.contract.QualityLimit;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings of a machine whose figures the test has in hand; the heap is the test's own. */
class LoadMeterTest {
  @TempDir private Path files;

  private double cpuShare;
  private double loop;
  private long nowNs;

  @BeforeEach
  void aMachineWithRoom() throws IOException {
    memory("MemTotal:       1000 kB\nMemFree:  10 kB\nMemAvailable:    990 kB\n");
  }

  private final MediaLoad media =
      new MediaLoad() {
        @Override
        public double busiestLoop() {
          return loop;
        }

        @Override
        public void limit(QualityLimit limit) {
          throw new IllegalStateException("nothing is limited here");
        }
      };

  @Test
  void processor_time_is_smoothed_and_what_cannot_be_told_changes_nothing() {
    LoadMeter meter = meter();
    cpuShare = 1;
    assertThat(meter.read().cpu()).isZero();

    nowNs += Duration.ofSeconds(5).toNanos();
    double smoothed = meter.read().cpu();
    assertThat(smoothed).isBetween(60.0, 66.0);
    cpuShare = -1;
    nowNs += Duration.ofSeconds(5).toNanos();

    assertThat(meter.read().cpu()).isEqualTo(smoothed);
  }

  @Test
  void the_busiest_loop_counts_as_it_is() {
    loop = 93;

    Load load = meter().read();

    assertThat(load.loop()).isEqualTo(93);
    assertThat(load.highest()).isEqualTo(93);
  }

  @Test
  void a_machine_that_is_full_counts_alike_and_caches_of_files_do_not() throws IOException {
    LoadMeter meter = meter();
    assertThat(meter.read().memory()).isLessThan(90);

    memory("MemTotal:       1000 kB\nMemFree:  10 kB\nMemAvailable:    60 kB\n");

    assertThat(meter.read().memory()).isEqualTo(94);
  }

  @Test
  void a_heap_of_which_something_is_left_is_not_empty() {
    System.gc();

    assertThat(meter().read().memory()).isPositive().isLessThan(90);
  }

  @Test
  void where_the_machine_tells_nothing_of_its_memory_the_heap_counts() throws IOException {
    memory("no such figures");

    assertThat(meter().read().memory()).isLessThan(90);
  }

  private void memory(String told) throws IOException {
    Files.writeString(files.resolve("meminfo"), told);
  }

  private LoadMeter meter() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean)
            Proxy.newProxyInstance(
                OperatingSystemMXBean.class.getClassLoader(),
                new Class<?>[] {OperatingSystemMXBean.class},
                (_, _, _) -> cpuShare);
    return new LoadMeter(
        system,
        new MachineMemory(files.resolve("meminfo")),
        CgroupMemory.of(files, files.resolve("none")),
        media,
        () -> nowNs);
  }
}
