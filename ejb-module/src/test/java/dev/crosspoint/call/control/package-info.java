/** Calls against a real database, with a simulated engine. */
@NullMarked
package dev.crosspoint.call.control;

import org.jspecify.annotations.NullMarked;
