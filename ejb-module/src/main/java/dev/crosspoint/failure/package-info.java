/**
 * How a request is refused: one exception with a code of the contract. Thrown by every component,
 * answered by the doors.
 */
@NullMarked
package dev.crosspoint.failure;

import org.jspecify.annotations.NullMarked;
