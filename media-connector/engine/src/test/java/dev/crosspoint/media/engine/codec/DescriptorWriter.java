package dev.crosspoint.media.engine.codec;

import java.util.List;

/** Writes dependency descriptors bit by bit (RTP payload format for AV1, A.4.1). */
final class DescriptorWriter {
  private static final String INDICATIONS = "-DSR";
  private final StringBuilder bits = new StringBuilder();

  /**
   * A template of frames.
   *
   * @param indications for each decode target: - not present, D discardable, S switch, R required
   * @param reference how many frames back the only reference is; 0 for none
   */
  record Template(int spatial, int temporal, String indications, int reference) {
    Template(int spatial, int temporal, String indications) {
      this(spatial, temporal, indications, 0);
    }
  }

  DescriptorWriter write(int value, int width) {
    for (int bit = width - 1; bit >= 0; bit--) {
      bits.append((value >>> bit) & 1);
    }
    return this;
  }

  DescriptorWriter frame(boolean starts, boolean ends, int template, int number) {
    return write(starts ? 1 : 0, 1).write(ends ? 1 : 0, 1).write(template, 6).write(number, 16);
  }

  /** Which of the fields that not every frame has follow. */
  DescriptorWriter extended(
      boolean structure, boolean activeTargets, boolean indications, boolean references) {
    write(structure ? 1 : 0, 1).write(activeTargets ? 1 : 0, 1);
    return write(indications ? 1 : 0, 1).write(references ? 1 : 0, 1).write(0, 1);
  }

  /** A structure without chains. */
  DescriptorWriter structure(int offset, List<Template> templates) {
    int targets = templates.getFirst().indications().length();
    write(offset, 6).write(targets - 1, 5);
    for (int i = 1; i < templates.size(); i++) {
      Template last = templates.get(i - 1);
      Template next = templates.get(i);
      boolean higher = next.spatial() > last.spatial();
      write(higher ? 2 : next.temporal() > last.temporal() ? 1 : 0, 2);
    }
    write(3, 2);
    templates.forEach(template -> indications(template.indications()));
    for (Template template : templates) {
      if (template.reference() > 0) {
        write(1, 1).write(template.reference() - 1, 4);
      }
      write(0, 1);
    }
    // A number of 0 to targets, none of them: as many bits as the shorter codes have.
    write(0, 31 - Integer.numberOfLeadingZeros(targets + 1));
    return write(0, 1);
  }

  DescriptorWriter indications(String indications) {
    indications.chars().forEach(indication -> write(INDICATIONS.indexOf(indication), 2));
    return this;
  }

  /** In hexadecimal. */
  String hex() {
    StringBuilder padded = new StringBuilder(bits);
    while (padded.length() % 8 != 0) {
      padded.append('0');
    }
    StringBuilder hex = new StringBuilder();
    for (int at = 0; at < padded.length(); at += 4) {
      hex.append(Integer.toHexString(Integer.parseInt(padded.substring(at, at + 4), 2)));
    }
    return hex.toString();
  }
}
