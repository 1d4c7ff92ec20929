package dev.crosspoint.data;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the schema of this application. */
public final class Migrations {
  private Migrations() {}

  /**
   * Runs what has not run yet; safe when several nodes start together.
   *
   * @throws org.flywaydb.core.api.FlywayException when the database cannot be reached or was
   *     changed by other means
   */
  public static void run(DataSource database) {
    // The server's timer tables may be there before ours: that is not an alien schema.
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:dev/crosspoint/migrations")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
