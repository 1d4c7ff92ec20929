package dev.crosspoint.media.engine.codec;

import dev.crosspoint.media.engine.rtp.RtpPacket;

/**
 * The dependency descriptors of one stream (RTP payload format for AV1, appendix A). A key frame
 * describes the structure of the stream, and frames behind it name a template of that structure.
 */
final class DependencyDescriptorReader {
  /** A descriptor this short has the mandatory fields only. */
  private static final int MANDATORY_BYTES = 3;

  private static final long NO_FRAME = Long.MIN_VALUE;
  private static final int ALL_TARGETS = -1;

  private final BitReader in = new BitReader();
  private final FrameTemplate frame = new FrameTemplate();
  private DependencyStructure structure = new DependencyStructure();
  private DependencyStructure spare = new DependencyStructure();
  private boolean known;

  /** Numbers of frames, extended beyond 16 bits: the highest seen, and the structure's own. */
  private long latest = NO_FRAME;

  private long since = NO_FRAME;
  private long activeSince = NO_FRAME;
  private int activeSpatial = PayloadInfo.NONE;
  private boolean customIndications;
  private boolean customReferences;

  /** Adds what the descriptor in this extension tells, if it is there and understood. */
  void read(RtpPacket packet, int extensionId, PayloadInfo info) {
    int length = packet.extensionLength(extensionId);
    if (length < MANDATORY_BYTES) {
      return;
    }
    in.reset(packet.buffer(), packet.extensionOffset(extensionId), length);
    boolean starts = in.flag();
    boolean ends = in.flag();
    int templateId = in.read(6);
    long number = extend(in.read(16));
    boolean key = length > MANDATORY_BYTES && in.flag();
    customIndications = false;
    customReferences = false;
    if (length > MANDATORY_BYTES && !readExtended(key, number)) {
      return;
    }
    if (known && readFrame(templateId)) {
      info.startsFrame = starts;
      info.endsFrame = ends;
      tell(key, info);
    }
  }

  /** The number nearest to the latest one: frames pass by without a key frame for hours. */
  private long extend(int number) {
    long extended = latest == NO_FRAME ? number : latest + (short) (number - latest);
    latest = Math.max(latest, extended);
    return extended;
  }

  private boolean readExtended(boolean key, long number) {
    boolean hasActiveTargets = in.flag();
    customIndications = in.flag();
    customReferences = in.flag();
    in.skip(1);
    if (key && !readStructure(number)) {
      return false;
    }
    int activeTargets = hasActiveTargets ? in.read(structure.targets()) : ALL_TARGETS;
    if (in.isOverrun()) {
      return false;
    }
    // They hold until others are told; a structure begins with all.
    if ((key || hasActiveTargets) && number >= activeSince) {
      activeSince = number;
      activeSpatial = structure.highestSpatial(activeTargets);
    }
    return true;
  }

  /** What a late packet brings does not take the place of what came behind it. */
  private boolean readStructure(long number) {
    if (!spare.read(in) || number < since) {
      return false;
    }
    DependencyStructure former = structure;
    structure = spare;
    spare = former;
    since = number;
    known = true;
    return true;
  }

  /** What the template says of the frame, or the frame of itself. */
  private boolean readFrame(int templateId) {
    FrameTemplate template = structure.template(templateId);
    if (template == null) {
      return false;
    }
    frame.setAll(template);
    if (customIndications) {
      frame.readIndications(in, structure.targets());
    }
    if (customReferences) {
      frame.readSizedReferences(in);
    }
    return !in.isOverrun();
  }

  private void tell(boolean key, PayloadInfo info) {
    info.spatialLayer = frame.spatialLayer;
    info.temporalLayer = frame.temporalLayer;
    info.structure = structure;
    info.decodeTargets = frame.present;
    info.highestActiveSpatial = activeSpatial;
    info.switchUpTo = structure.highestTemporal(frame.switches, frame.spatialLayer);
    info.usedAbove = structure.isAnyAbove(frame.present, frame.spatialLayer);
    // Layers of one picture are numbered one after the other, the lowest first.
    info.startsLayer = frame.farthest <= frame.spatialLayer;
    info.entryPoint |= key && info.startsFrame && frame.farthest == 0;
  }
}
