package dev.crosspoint.data;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

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

  /** Whether the database could not be asked, or stopped while it was. */
  public static boolean isAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isAway(sql)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(SQLException failure) {
    return switch (failure) {
      case SQLNonTransientConnectionException _,
          SQLTransientConnectionException _,
          SQLRecoverableException _ ->
          true;
      // connection exception, insufficient resources, shutdown or start of the database
      default -> failure.getSQLState() != null && failure.getSQLState().matches("(08|53|57P).*");
    };
  }
}
