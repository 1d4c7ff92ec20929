package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.net.Line;
import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.NetworkLab;
import java.time.Duration;

/** How somebody is connected to the network. */
enum Access {
  /** At the server's own machine. */
  LOOPBACK {
    @Override
    NetworkHost connect(NetworkLab lab, String name) {
      throw new IllegalStateException("who sits at the server needs no line");
    }
  },
  /** A line that carries whatever is sent. */
  GOOD {
    @Override
    NetworkHost connect(NetworkLab lab, String name) {
      return lab.connect(name);
    }
  },
  /** A line that lets 500 kbit/s leave. */
  THIN {
    @Override
    NetworkHost connect(NetworkLab lab, String name) {
      NetworkHost host = lab.connect(name);
      host.limitUplink(500);
      return host;
    }
  },
  /**
   * A line on which the server is 100 ms away and back, and 2 % of all packets are lost each way.
   */
  FAR {
    @Override
    NetworkHost connect(NetworkLab lab, String name) {
      return lab.connect(name, new Line(Duration.ofMillis(50), 0.02));
    }
  };

  /**
   * Makes a machine that is connected in this way.
   *
   * @param name up to ten small letters
   * @throws IllegalStateException when there is nothing to connect
   */
  abstract NetworkHost connect(NetworkLab lab, String name);
}
