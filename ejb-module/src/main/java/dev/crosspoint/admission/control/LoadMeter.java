package dev.crosspoint.admission.control;

import com.sun.management.OperatingSystemMXBean;
import dev.crosspoint.node.control.MonotonicClock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.Objects;

/** Reads how much of what this server has is in use. Called by one thread at a time. */
@Singleton
public class LoadMeter {
  /** The start of the server, or of a call, is no overload, however busy it is for a moment. */
  private static final double SMOOTHING_S = 5;

  private static final double PERCENT = 100;

  private final OperatingSystemMXBean system;
  private final MachineMemory machine;
  private final CgroupMemory cgroup;
  private final Smoothed cpu = new Smoothed(SMOOTHING_S);
  private final MediaLoad media;
  private final MonotonicClock clock;

  @Inject
  public LoadMeter(MediaLoad media, MonotonicClock clock) {
    this(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class),
        new MachineMemory(Path.of("/proc/meminfo")),
        CgroupMemory.of(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup")),
        media,
        clock);
  }

  LoadMeter(
      OperatingSystemMXBean system,
      MachineMemory machine,
      CgroupMemory cgroup,
      MediaLoad media,
      MonotonicClock clock) {
    this.system = system;
    this.machine = machine;
    this.cgroup = cgroup;
    this.media = media;
    this.clock = clock;
  }

  /** Takes one reading. */
  public Load read() {
    double memory = Math.max(heap(), Math.max(cgroup.percent(), machine.percent()));
    return new Load(processor(), media.busiestLoop(), memory);
  }

  /**
   * Where a cgroup limits processor time the virtual machine tells the share of that. Negative, or
   * no number, when it cannot tell.
   */
  private double processor() {
    double now = system.getCpuLoad();
    return now >= 0 ? cpu.take(now * PERCENT, clock.nanos()) : cpu.value();
  }

  /**
   * What was left of the heap by the last collections. What has come since may be garbage: a
   * collector that waits until the heap is nearly full is under no pressure.
   */
  private static double heap() {
    long live =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getCollectionUsage)
            .filter(Objects::nonNull)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    return Load.percent(live, Runtime.getRuntime().maxMemory());
  }
}
