package dev.crosspoint.media.testkit;

/**
 * What all fuzz targets have in common. Each class is one target: in a build its known inputs are
 * replayed; with the profile {@code fuzz} more are searched for, guided by coverage.
 */
final class Fuzz {
  /** Inputs of one target in one search. */
  static final long EXECUTIONS = 10_000_000;

  private Fuzz() {}

  /**
   * @throws AssertionError which the fuzzer reports with the input
   */
  static void expect(boolean holds) {
    if (!holds) {
      throw new AssertionError("what was read contradicts itself");
    }
  }
}
