/**
 * End-to-end tests: the packaged server, a real database, real browsers. The classes that start
 * these are here too.
 */
@NullMarked
package dev.crosspoint.e2e;

import org.jspecify.annotations.NullMarked;
