package dev.crosspoint.e2e;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JVM of a server on this machine, asked by the JDK's own tools and the kernel. */
record ServerJvm(long pid) {
  /** Threads of the platform by the name of each; virtual ones are objects of the heap. */
  private static final Pattern THREAD = Pattern.compile("^\"(.*)\" #\\d+ ", Pattern.MULTILINE);

  /** What the JVM calls memory of direct buffers, arenas and Netty. */
  private static final Pattern OTHER =
      Pattern.compile("- +Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

  private static final Pattern FREE =
      Pattern.compile("<total type=\"(?:fast|rest)\" count=\"\\d+\" size=\"(\\d+)\"/>");
  private static final Pattern SYSTEM =
      Pattern.compile("<system type=\"current\" size=\"(\\d+)\"/>");
  private static final long KILO = 1_024;

  /** A setting of the server, without which it does not tell {@link #directBytes}. */
  static final String TRACKING = "-XX:NativeMemoryTracking=summary";

  /** The process itself, or what its script has started. */
  static ServerJvm of(RunningServer server) {
    ProcessHandle process = server.process();
    return Stream.concat(Stream.of(process), process.descendants())
        .filter(each -> each.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .map(java -> new ServerJvm(java.pid()))
        .orElseThrow(() -> new IllegalStateException("the server has no JVM"));
  }

  /** All objects that are still of use, after a full collection. */
  ClassHistogram liveObjects() throws IOException, InterruptedException {
    return ClassHistogram.parse(jcmd("GC.class_histogram"));
  }

  /** Memory beside the heap that Java code has allocated. */
  long directBytes() throws IOException, InterruptedException {
    return KILO * number(OTHER, jcmd("VM.native_memory", "summary"));
  }

  /**
   * What is allocated by malloc, by everything in the process: OpenSSL's contexts, the JVM itself,
   * and {@link #directBytes}.
   */
  long nativeBytes() throws IOException, InterruptedException {
    String told = jcmd("System.native_heap_info");
    String sums = told.substring(told.lastIndexOf("</heap>"));
    long free =
        FREE.matcher(sums).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    return number(SYSTEM, sums) - free;
  }

  /** The names of all Java threads. */
  List<String> threads() throws IOException, InterruptedException {
    return THREAD.matcher(jcmd("Thread.print")).results().map(found -> found.group(1)).toList();
  }

  /** How long it has been running. */
  Duration age() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(start -> Duration.between(start, Instant.now()))
        .orElseThrow(() -> new IllegalStateException("the server has ended"));
  }

  /** Where it writes what it was not told another place for. */
  Path directory() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd"));
  }

  /** Open file descriptors. */
  long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      return open.count();
    }
  }

  /**
   * Has an agent run in it, and waits until that has returned.
   *
   * @param agent its jar
   * @throws IOException also when the JVM ended meanwhile
   */
  void send(Path agent, String order) throws IOException {
    try {
      VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
      try {
        jvm.loadAgent(agent.toString(), order);
      } finally {
        jvm.detach();
      }
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IOException(e);
    }
  }

  private String jcmd(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(String.valueOf(pid));
    command.addAll(List.of(words));
    return Commands.run(command.toArray(String[]::new));
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("the JVM does not tell %s: %s".formatted(pattern, text));
    }
    return Long.parseLong(found.group(1));
  }
}
