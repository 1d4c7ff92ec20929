package dev.crosspoint.call.boundary;

/** A transition with the call that it belongs to, for operators. */
public record TransitionStory(String callId, String callName, TransitionView transition) {}
