package dev.crosspoint.data;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Migrates the database before anything else of the application runs. Manages its own transactions,
 * as Flyway does.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class DatabaseMigration {
  private static final int VALIDATION_SECONDS = 2;

  @Resource(lookup = "jdbc/crosspoint")
  private DataSource database;

  private volatile boolean done;

  @PostConstruct
  void migrate() {
    Migrations.run(database);
    done = true;
  }

  /** Whether the schema is at the version of this application. */
  public boolean done() {
    return done;
  }

  /** Whether the database answers now. */
  public boolean reachable() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(VALIDATION_SECONDS);
    } catch (SQLException _) {
      return false; // that is the answer
    }
  }
}
