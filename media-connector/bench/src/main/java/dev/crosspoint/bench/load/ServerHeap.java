package dev.crosspoint.bench.load;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of a JVM on this machine, of the same user. */
final class ServerHeap implements AutoCloseable {
  private static final String THREADS = "java.lang:type=Threading";
  private static final String ALLOCATED = "TotalThreadAllocatedBytes";
  private static final String MEMORY = "java.lang:type=Memory";
  private static final String COLLECT = "gc";

  /** ZGC's collectors, without those that stand for their pauses. */
  private static final String COLLECTORS = "java.lang:type=GarbageCollector,name=*Cycles";

  private static final String COUNT = "CollectionCount";

  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final ObjectName threads;
  private final ObjectName memory;

  /**
   * @throws LoadException when the JVM does not let itself be asked
   */
  @SuppressWarnings("BanJNDI") // The address is this user's own process, on this machine.
  ServerHeap(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        server = connector.getMBeanServerConnection();
        threads = ObjectName.getInstance(THREADS);
        memory = ObjectName.getInstance(MEMORY);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException | JMException e) {
      throw new LoadException("process %d cannot be asked for its heap".formatted(pid), e);
    }
  }

  /**
   * What it has come to.
   *
   * @param allocated by all threads, in bytes
   * @param collections how often garbage was collected; 0 for collectors other than ZGC
   */
  record Work(long allocated, long collections) {

    Work since(Work before) {
      return new Work(allocated - before.allocated, collections - before.collections);
    }
  }

  /** What it has come to since the JVM began. */
  Work work() {
    return new Work(allocatedBytes(), collections());
  }

  private long allocatedBytes() {
    try {
      return (long) server.getAttribute(threads, ALLOCATED);
    } catch (IOException | JMException e) {
      throw new LoadException("the server does not tell what it has allocated", e);
    }
  }

  private long collections() {
    try {
      long count = 0;
      for (ObjectName collector : server.queryNames(ObjectName.getInstance(COLLECTORS), null)) {
        count += (long) server.getAttribute(collector, COUNT);
      }
      return count;
    } catch (IOException | JMException e) {
      throw new LoadException("the server does not tell of its collections", e);
    }
  }

  /** Lets it collect all its garbage; returns when that is done. */
  void collect() {
    try {
      server.invoke(memory, COLLECT, new Object[0], new String[0]);
    } catch (IOException | JMException e) {
      throw new LoadException("the server does not collect its garbage", e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      throw new LoadException("the server has ended", e);
    }
  }
}
