/**
 * What the doors may ask of calls. Called by the web module; implemented here and in {@code
 * call.control}.
 */
@NullMarked
package dev.crosspoint.call.boundary;

import org.jspecify.annotations.NullMarked;
