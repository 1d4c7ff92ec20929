/**
 * A small network for tests: the server's machine and machines of people, each a network namespace
 * that the tests make and whose lines they can cut, thin out, delay and make lossy. Tests that need
 * it carry the tag {@code network}: the build runs them in a JVM whose own network is the server's
 * machine (scripts/network-lab/bin/java), and with that JVM everything vanishes.
 */
@NullMarked
package dev.crosspoint.e2e.net;

import org.jspecify.annotations.NullMarked;
