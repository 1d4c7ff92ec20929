package dev.crosspoint.media.engine.ice;

/** What an agent tells its transport. */
public interface IceListener {
  /** An address passed its first authenticated check. */
  void addressValidated(TransportAddress remote);

  /** An address is not trusted any more. */
  void addressForgotten(TransportAddress remote);

  /** After a restart the client uses the new credentials: the old ones are void. */
  void credentialsRetired(IceCredentials credentials);

  void iceStateChanged(IceState state);
}
