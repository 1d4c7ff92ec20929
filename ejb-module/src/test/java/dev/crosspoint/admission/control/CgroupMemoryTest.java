package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMemoryTest {
  @TempDir private Path root;
  @TempDir private Path proc;

  @Test
  void files_that_the_kernel_would_give_back_are_no_pressure() throws IOException {
    write("cgroup.controllers", "memory");
    write("memory.max", "1000\n");
    write("memory.current", "900\n");
    write("memory.stat", "anon 500\ninactive_file 150\nactive_file 100\n");

    assertThat(percent("0::/\n")).isEqualTo(75);
  }

  @Test
  void a_group_below_the_root_is_the_one_that_counts() throws IOException {
    write("cgroup.controllers", "memory");
    write("system.slice/crosspoint.service/memory.max", "1000");
    write("system.slice/crosspoint.service/memory.current", "950");

    assertThat(percent("0::/system.slice/crosspoint.service\n")).isEqualTo(95);
  }

  @Test
  void without_a_limit_nothing_is_full() throws IOException {
    write("cgroup.controllers", "memory");
    write("memory.max", "max\n");
    write("memory.current", "900\n");

    assertThat(percent("0::/\n")).isZero();
  }

  @Test
  void groups_of_version_1_count_alike_and_their_largest_number_is_no_limit() throws IOException {
    write("memory/docker/1/memory.limit_in_bytes", "1000");
    write("memory/docker/1/memory.usage_in_bytes", "900");
    write("memory/docker/1/memory.stat", "inactive_file 1\ntotal_inactive_file 100\n");
    assertThat(percent("9:cpu:/docker/1\n8:memory:/docker/1\n")).isEqualTo(80);

    write("memory/docker/1/memory.limit_in_bytes", "9223372036854771712");
    assertThat(percent("8:memory:/docker/1\n")).isZero();
  }

  @Test
  void where_there_are_no_groups_nothing_is_full() throws IOException {
    assertThat(percent("")).isZero();
    assertThat(CgroupMemory.of(root, root.resolve("nowhere")).percent()).isZero();
  }

  private double percent(String membership) throws IOException {
    Path file = Files.writeString(proc.resolve("cgroup"), membership);
    return CgroupMemory.of(root, file).percent();
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
