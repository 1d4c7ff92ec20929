package dev.crosspoint.data;

import java.sql.SQLException;

/** Tells a database that says no from one that does not answer. */
public final class Refusals {
  private Refusals() {}

  /** Whether trying again cannot help, because the database refuses the statement or its data. */
  public static boolean isFinal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        // data exception, integrity constraint violation, syntax error or access rule violation
        return sql.getSQLState().matches("(22|23|42).*");
      }
    }
    return false;
  }
}
