/**
 * The REST door: guest sessions, calls, tokens, administration. Called by JAX-RS; calls the
 * application's boundary.
 */
@NullMarked
package dev.crosspoint.web.rest;

import org.jspecify.annotations.NullMarked;
