package dev.crosspoint.admission.boundary;

import dev.crosspoint.admission.entity.LoadCause;
import dev.crosspoint.contract.QualityLimit;
import java.util.List;

/**
 * The load of the server that was asked, and what it gives up for it.
 *
 * @param cpu processor time in use, in percent, smoothed
 * @param loop the share of time for which the busiest media loop works, in percent
 * @param memory the fuller one of heap and cgroup, in percent
 * @param limit what of quality is given up
 * @param newcomersLetIn whether newcomers are let in, and calls may begin to use the SFU
 * @param causes what is too short for everything to be given back; empty while nothing is given up
 * @param newcomersWaiting people who wait until the server lets them in
 * @param callsWaiting calls that wait for a place in the SFU
 */
public record LoadView(
    double cpu,
    double loop,
    double memory,
    QualityLimit limit,
    boolean newcomersLetIn,
    List<LoadCause> causes,
    int newcomersWaiting,
    int callsWaiting) {
  public LoadView {
    causes = List.copyOf(causes);
  }
}
