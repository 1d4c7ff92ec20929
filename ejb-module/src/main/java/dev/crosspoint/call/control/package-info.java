/**
 * Running calls: one actor per call with its owner, the ledger that writes what it decides, the
 * directory that finds it. Used by {@code call.boundary}; drives {@code transition.control}.
 */
@NullMarked
package dev.crosspoint.call.control;

import org.jspecify.annotations.NullMarked;
