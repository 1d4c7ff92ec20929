package dev.crosspoint.call.control;

/**
 * Who owns a call by the record.
 *
 * @param own whether the asking server does; else the call's owner is gone
 */
record Ownership(String callId, long epoch, boolean own) {}
