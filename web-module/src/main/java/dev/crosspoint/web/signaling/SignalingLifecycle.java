package dev.crosspoint.web.signaling;

import dev.crosspoint.web.health.Draining;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Opens the door with the application and closes it before. */
@WebListener
public class SignalingLifecycle implements ServletContextListener {
  @Inject private SignalingStart start;
  @Inject private SignalingDoor door;
  @Inject private Draining draining;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    start.open(door);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    draining.begin();
    start.close(door);
  }
}
