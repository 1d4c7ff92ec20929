package dev.crosspoint.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class AdapterLifecycleIT {
  private static final String APPLICATION = "crosspoint";

  /** The default of the adapter's first loop. */
  private static final int MEDIA_PORT = 40_000;

  private interface Opening {
    Closeable open() throws IOException;
  }

  @ArquillianResource Deployer deployer;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static EnterpriseArchive application() {
    return TestedApplication.unchanged();
  }

  @Test
  @RunAsClient
  void the_media_port_is_held_while_the_application_is_deployed_and_free_after() throws Exception {
    deployer.deploy(APPLICATION);
    assertThat(mediaPortIsTaken()).as("after the start").isTrue();
    deployer.undeploy(APPLICATION);
    assertThat(mediaPortIsTaken()).as("after the stop").isFalse();
    deployer.deploy(APPLICATION);
    assertThat(mediaPortIsTaken()).as("after the second start").isTrue();
    deployer.undeploy(APPLICATION);
  }

  private static boolean mediaPortIsTaken() throws IOException {
    boolean taken = isTaken(() -> new DatagramSocket(MEDIA_PORT));
    assertThat(isTaken(() -> new ServerSocket(MEDIA_PORT))).as("for TCP").isEqualTo(taken);
    return taken;
  }

  private static boolean isTaken(Opening opening) throws IOException {
    try (Closeable _ = opening.open()) {
      return false;
    } catch (BindException e) {
      return true;
    }
  }
}
