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

/** Asks a JVM on this machine, of the same user, what it has allocated. */
final class ServerHeap implements AutoCloseable {
  private static final String THREADS = "java.lang:type=Threading";
  private static final String ALLOCATED = "TotalThreadAllocatedBytes";

  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final ObjectName threads;

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
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException | JMException e) {
      throw new LoadException("process %d cannot be asked for its heap".formatted(pid), e);
    }
  }

  /** What all threads have allocated since the JVM began, in bytes. */
  long allocatedBytes() {
    try {
      return (long) server.getAttribute(threads, ALLOCATED);
    } catch (IOException | JMException e) {
      throw new LoadException("the server does not tell what it has allocated", e);
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
