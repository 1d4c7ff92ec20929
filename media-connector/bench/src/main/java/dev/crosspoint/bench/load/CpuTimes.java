package dev.crosspoint.bench.load;

/**
 * CPU time that a server has used, user and system, in nanoseconds.
 *
 * @param processNs all its threads'
 * @param loopsNs the part of it that was the media loops'; 0 where threads have other names
 * @param compilersNs the part of it that went into compiling its own code, which is less the longer
 *     a server runs
 * @param collectorsNs the part of it that went into collecting garbage; 0 for collectors other than
 *     ZGC
 */
record CpuTimes(long processNs, long loopsNs, long compilersNs, long collectorsNs) {

  /** What has been used since then. */
  CpuTimes since(CpuTimes before) {
    return new CpuTimes(
        processNs - before.processNs,
        loopsNs - before.loopsNs,
        compilersNs - before.compilersNs,
        collectorsNs - before.collectorsNs);
  }
}
