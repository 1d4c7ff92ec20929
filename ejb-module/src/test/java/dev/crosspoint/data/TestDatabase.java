package dev.crosspoint.data;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.stat.Statistics;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL with the application's schema, one for all tests of a run. */
public final class TestDatabase implements Transactions {
  private static final TestDatabase ONE = new TestDatabase();

  private final DataSource dataSource;

  /** Sends text as it is, so that it may name parameters that have no values. */
  private final DataSource textual;

  private final EntityManagerFactory factory;
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Runnable> before = new AtomicReference<>();
  private volatile String beginning = "";
  private volatile boolean noting;
  private volatile boolean away;

  /** The application maps no JSON; without this, the provider of the server would be looked for. */
  private static final class NoJson implements FormatMapper {
    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
      throw new UnsupportedOperationException();
    }
  }

  private TestDatabase() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.start();
      dataSource = server.getPostgresDatabase();
      textual = server.getDatabase("postgres", "postgres", Map.of("preferQueryMode", "simple"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Migrations.run(dataSource);
    factory =
        Persistence.createEntityManagerFactory(
            "crosspoint",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource",
                dataSource,
                "jakarta.persistence.nonJtaDataSource",
                dataSource,
                "hibernate.generate_statistics",
                true,
                "hibernate.session_factory.statement_inspector",
                (StatementInspector) this::note,
                "hibernate.type.json_format_mapper",
                new NoJson()));
  }

  /** The database as it is. */
  public static TestDatabase one() {
    return ONE;
  }

  /** The database, with empty tables. */
  public static TestDatabase fresh() {
    ONE.away = false;
    ONE.execute("TRUNCATE call, node, token_key, setting, ban CASCADE");
    return ONE;
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /** From now on every unit of work fails as if the database were stopped, or no longer. */
  public void setAway(boolean away) {
    this.away = away;
  }

  @Override
  public <T> T call(Function<EntityManager, T> work) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    try (EntityManager em = factory.createEntityManager()) {
      EntityTransaction transaction = em.getTransaction();
      transaction.begin();
      try {
        T result = work.apply(em);
        transaction.commit();
        return result;
      } catch (RuntimeException e) {
        if (transaction.isActive()) {
          transaction.rollback();
        }
        throw e;
      }
    }
  }

  private String note(String statement) {
    if (noting) {
      sent.add(statement);
    }
    Runnable task = statement.startsWith(beginning) ? before.getAndSet(null) : null;
    if (task != null) {
      task.run();
    }
    return statement;
  }

  /** Does something once, before the next statement that begins so. */
  public void before(String statement, Runnable task) {
    beginning = statement;
    before.set(task);
  }

  /** How many statements some work sends to the database. */
  public long statementsOf(Runnable work) {
    Statistics statistics = factory.unwrap(SessionFactory.class).getStatistics();
    long before = statistics.getPrepareStatementCount();
    work.run();
    return statistics.getPrepareStatementCount() - before;
  }

  /** The statements that some work sends to the database, with ? where its values go. */
  public List<String> statements(Runnable work) {
    sent.clear();
    noting = true;
    try {
      work.run();
    } finally {
      noting = false;
    }
    return List.copyOf(sent);
  }

  public void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of every row. */
  public List<String> query(String sql) {
    return query(dataSource, sql);
  }

  /**
   * How the database answers a statement, whatever the values of its parameters are.
   *
   * @param statement with $1 and so on for parameters
   */
  public List<String> plan(String statement) {
    return query(textual, "EXPLAIN (GENERIC_PLAN) " + statement);
  }

  private static List<String> query(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
