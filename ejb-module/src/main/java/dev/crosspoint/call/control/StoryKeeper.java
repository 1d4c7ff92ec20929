package dev.crosspoint.call.control;

/** Takes parts of the stories of transitions, which reach the database later. */
@FunctionalInterface
public interface StoryKeeper {
  /**
   * Keeps a part so that it survives the end of this server, however sudden. Blocks on a file, not
   * on the database.
   */
  void keep(StoryPart part);
}
