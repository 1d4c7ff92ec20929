package dev.crosspoint.admission.entity;

/** What a server is short of. */
public enum LoadCause {
  /** Processor time, of the machine or of the share that a cgroup leaves it. */
  CPU,
  /** The time of one media loop: its calls suffer, however idle the others are. */
  MEDIA_LOOP,
  /** Heap, or what a cgroup leaves of memory. */
  MEMORY
}
