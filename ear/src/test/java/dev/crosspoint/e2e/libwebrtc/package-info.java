/**
 * Transports, devices and senses of people who use native libwebrtc, in the process of the tests.
 * The library speaks SDP; what the server says in ORTC is translated here.
 */
@NullMarked
package dev.crosspoint.e2e.libwebrtc;

import org.jspecify.annotations.NullMarked;
