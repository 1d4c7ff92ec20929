package dev.crosspoint.admission.control;

import dev.crosspoint.contract.QualityLimit;

/** The media engine, as far as load is concerned. */
public interface MediaLoad {
  /** For how much of its time the busiest media loop works, in percent; 0 while no engine runs. */
  double busiestLoop();

  /** Has video of all calls sent smaller, or as before, from now on. Does not wait for it. */
  void limit(QualityLimit limit);
}
