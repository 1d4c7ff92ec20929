package dev.crosspoint.call.control;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Alarms by timers of the container. Not persistent: what is due in a call dies with its owner, and
 * the next owner decides anew.
 */
@Singleton
@Local(Alarms.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TimerAlarms implements Alarms {
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  @Resource private TimerService timers;

  private record Pending(Runnable action, Timer timer) {}

  @Override
  public Alarm after(Duration delay, Runnable action) {
    long id = lastId.incrementAndGet();
    // The timer may ring before it is known here: ring() waits for the same key.
    pending.compute(
        id,
        (key, _) -> {
          TimerConfig config = new TimerConfig(key, false);
          return new Pending(
              action, timers.createSingleActionTimer(Math.max(0, delay.toMillis()), config));
        });
    return () -> cancel(id);
  }

  private void cancel(long id) {
    Pending alarm = pending.remove(id);
    if (alarm != null) {
      try {
        alarm.timer().cancel();
      } catch (NoSuchObjectLocalException _) {
        // it rings at this moment, and finds nothing to do
      }
    }
  }

  @Timeout
  void ring(Timer timer) {
    Pending alarm = pending.remove((Long) timer.getInfo());
    if (alarm != null) {
      alarm.action().run();
    }
  }
}
