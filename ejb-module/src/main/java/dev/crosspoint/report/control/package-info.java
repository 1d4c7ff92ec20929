/**
 * Collects metrics and health facts from the other components. Reached through {@code
 * report.boundary}.
 */
@NullMarked
package dev.crosspoint.report.control;

import org.jspecify.annotations.NullMarked;
