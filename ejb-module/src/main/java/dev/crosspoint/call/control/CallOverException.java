package dev.crosspoint.call.control;

/** This ownership of a call is over; whoever wants to be in the call asks for its owner again. */
final class CallOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CallOverException() {
    super("this ownership of the call is over", null, false, false);
  }
}
