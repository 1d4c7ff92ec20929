package dev.crosspoint.e2e.net;

import java.nio.file.Path;

/** Where a program runs, and hence which network it has. */
@FunctionalInterface
public interface Machine {
  /** The machine of the tests and of the server. */
  Machine LOCAL = program -> program;

  /** An executable that runs a program there with the arguments it is given. */
  Path executable(Path program);
}
