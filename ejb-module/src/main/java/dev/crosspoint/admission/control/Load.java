package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.LoadCause;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much of what a server has is in use, in percent.
 *
 * @param cpu processor time, smoothed
 * @param loop the share of time for which the busiest media loop works
 * @param memory the fullest of heap, cgroup and machine
 */
public record Load(double cpu, double loop, double memory) {
  private static final double PERCENT = 100;

  /** Nothing is in use. */
  public static final Load NONE = new Load(0, 0, 0);

  public Load {
    cpu = Math.clamp(cpu, 0, PERCENT);
    loop = Math.clamp(loop, 0, PERCENT);
    memory = Math.clamp(memory, 0, PERCENT);
  }

  /** How much a part is of the whole, in percent. */
  static double percent(long part, long whole) {
    return PERCENT * part / whole;
  }

  /** What counts: nothing makes up for what is short. */
  public double highest() {
    return Math.max(cpu, Math.max(loop, memory));
  }

  /** What is in use to more than some percent. */
  public Set<LoadCause> causesAbove(double percent) {
    Set<LoadCause> causes = EnumSet.allOf(LoadCause.class);
    causes.removeIf(cause -> of(cause) <= percent);
    return causes;
  }

  /** How much of one thing is in use. */
  public double of(LoadCause cause) {
    return switch (cause) {
      case CPU -> cpu;
      case MEDIA_LOOP -> loop;
      case MEMORY -> memory;
    };
  }
}
