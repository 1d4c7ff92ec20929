/**
 * Virtual time, a bad network and a client without a browser, for tests of the media engine and of
 * what stands on it. Never shipped.
 */
@NullMarked
package dev.crosspoint.media.testkit;

import org.jspecify.annotations.NullMarked;
