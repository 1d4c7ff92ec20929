package dev.crosspoint.preflight;

import static dev.crosspoint.preflight.Setting.optional;
import static dev.crosspoint.preflight.Setting.required;

import java.util.List;

/** Every setting whose value is worth a check before the start. */
final class Settings {
  static final Setting HTTP_HOST =
      optional("crosspoint.http.host", Kind.TEXT, "address to listen on, * for all");
  static final Setting HTTP_PORT =
      optional("crosspoint.http.port", Kind.PORT, "port of the pages and the API");
  static final Setting HTTPS_PORT =
      optional("crosspoint.https.port", Kind.PORT, "port of the pages and the API with TLS");
  static final Setting MEDIA_PORT =
      optional("crosspoint.media.port", Kind.PORT, "port of the first media loop, UDP and TCP");
  static final Setting MEDIA_LOOPS =
      optional("crosspoint.media.loops", Kind.COUNT, "media loops, 0 for one per core");
  static final Setting MEDIA_TCP =
      optional("crosspoint.media.tcp", Kind.FLAG, "whether the media ports take TCP too");

  static final Setting GUEST_ACCESS =
      optional("crosspoint.guest-access", Kind.FLAG, "whether anybody may make calls");
  static final Setting TOKEN_KEY =
      optional("crosspoint.token.key", Kind.SECRET, "key that signs the server's own tokens");

  static final List<Setting> ALL =
      List.of(
          required(
              "crosspoint.database.url", Kind.DATABASE_URL, "address of the PostgreSQL database"),
          required("crosspoint.database.user", Kind.TEXT, "user of the PostgreSQL database"),
          required("crosspoint.database.password", Kind.SECRET, "password of the database user"),
          optional("crosspoint.database.pool.min", Kind.COUNT, "connections kept open"),
          optional("crosspoint.database.pool.max", Kind.COUNT, "most connections at once"),
          optional("crosspoint.database.wait", Kind.DURATION, "longest wait for a connection"),
          optional("crosspoint.history.url", Kind.DATABASE_URL, "address of a replica to read"),
          optional("crosspoint.history.user", Kind.TEXT, "user of the replica"),
          optional("crosspoint.history.password", Kind.SECRET, "password of that user"),
          optional("crosspoint.history.pool.max", Kind.COUNT, "most connections for history"),
          optional(
              "crosspoint.queue.directory", Kind.TEXT, "where the server keeps its message queue"),
          HTTP_HOST,
          HTTP_PORT,
          HTTPS_PORT,
          optional("crosspoint.tls.keystore", Kind.TEXT, "PKCS12 file with the certificate"),
          optional("crosspoint.tls.keystore.password", Kind.SECRET, "password of that file"),
          optional("crosspoint.media.bind.address", Kind.TEXT, "address of the media ports"),
          optional(
              "crosspoint.media.announced.addresses",
              Kind.TEXT,
              "addresses told to clients, separated by commas"),
          MEDIA_PORT,
          MEDIA_LOOPS,
          optional(
              "crosspoint.media.video.codec",
              Kind.VIDEO_CODEC,
              "video codec that browsers send to the media server if they can"),
          MEDIA_TCP,
          optional("crosspoint.jwt.issuer", Kind.TEXT, "issuer of users' tokens"),
          optional("crosspoint.jwt.audience", Kind.TEXT, "audience of users' tokens"),
          optional("crosspoint.jwt.jwks-url", Kind.HTTP_URL, "address of the issuer's keys"),
          optional("crosspoint.jwt.public-key", Kind.TEXT, "the issuer's only key, PEM"),
          TOKEN_KEY,
          optional("crosspoint.token.lifetime", Kind.PERIOD, "how long such a token is good"),
          GUEST_ACCESS,
          optional("crosspoint.call-capacity", Kind.COUNT, "most participants of a call"),
          optional("crosspoint.sfu-calls", Kind.COUNT, "most calls over the SFU at once"),
          optional("crosspoint.sfu", Kind.SFU_FLAG, "what calls may use the SFU for at first"),
          optional("crosspoint.load.reduce-video", Kind.PERCENT, "load for smaller pictures"),
          optional("crosspoint.load.limit-screens", Kind.PERCENT, "load for limited screens"),
          optional("crosspoint.load.queue", Kind.PERCENT, "load at which newcomers wait"),
          optional("crosspoint.load.readmit", Kind.PERCENT, "load at which they wait no longer"),
          optional("crosspoint.load.restore", Kind.PERCENT, "load at which quality returns"),
          optional("crosspoint.load.dwell", Kind.PERIOD, "how long each step is kept"),
          optional("crosspoint.load.screen-grace", Kind.PERIOD, "how long screens may go on"),
          optional("crosspoint.load.calm", Kind.PERIOD, "how long the load must have stayed low"),
          optional("crosspoint.call-abandoned-limit", Kind.PERIOD, "how long a left call stays"),
          optional("crosspoint.call-unanswered-limit", Kind.PERIOD, "how long an unused one does"),
          optional("crosspoint.call-alone-limit", Kind.PERIOD, "how long somebody waits alone"),
          optional("crosspoint.mesh-size", Kind.COUNT, "largest call without media server"),
          optional("crosspoint.fallback-size", Kind.COUNT, "largest direct call without SFU"),
          optional("crosspoint.hybrid.direct", Kind.COUNT, "people kept direct in a group call"),
          optional("crosspoint.hybrid.size", Kind.COUNT, "largest group call with such people"),
          optional("crosspoint.probe", Kind.FLAG, "whether browsers keep a path to the SFU ready"),
          optional("crosspoint.probe.interval", Kind.PERIOD, "how often they try again"),
          optional(
              "crosspoint.transition.return-delay",
              Kind.PERIOD,
              "how long a call stays small before it goes direct again"),
          optional("crosspoint.loudest-audio", Kind.COUNT, "people heard at once, 0 for all"),
          optional("crosspoint.last-video", Kind.COUNT, "cameras sent to everybody, 0 for all"),
          optional("crosspoint.ice.urls", Kind.TEXT, "STUN and TURN servers"),
          optional("crosspoint.ice.username", Kind.TEXT, "user of the TURN servers"),
          optional("crosspoint.ice.credential", Kind.SECRET, "password of that user"),
          optional("crosspoint.node.name", Kind.TEXT, "name of this server among others"),
          optional("crosspoint.node.lease", Kind.PERIOD, "how long a silent server counts"),
          optional("crosspoint.log.format", Kind.LOG_FORMAT, "format of the log"));

  private Settings() {}
}
