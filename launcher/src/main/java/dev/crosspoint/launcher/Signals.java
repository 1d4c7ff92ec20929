package dev.crosspoint.launcher;

import java.lang.reflect.Proxy;

/**
 * The signals that ask a process to end. A shutdown hook will not do: the hooks of the server and
 * of the database would run at the same time, and the database has to go last.
 */
final class Signals {
  private static final String[] ENDING = {"INT", "TERM", "HUP"};

  private Signals() {}

  /**
   * Runs an action at each such signal instead of ending the JVM.
   *
   * @throws IllegalStateException when the JVM does not let us
   */
  static void onEnding(Runnable action) {
    // By reflection, for the compiler reports every mention of these classes of jdk.unsupported.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object runsAction =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      for (String name : ENDING) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), runsAction);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not let signals be handled", e);
    }
  }
}
