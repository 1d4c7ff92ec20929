/**
 * Starts the packaged server with an embedded PostgreSQL, for trying out and for end-to-end tests.
 * Never shipped; the build and the tests of the assembly call it.
 */
@NullMarked
package dev.crosspoint.launcher;

import org.jspecify.annotations.NullMarked;
