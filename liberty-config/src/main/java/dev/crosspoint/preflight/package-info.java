/**
 * The check of the settings before the server starts, as a Java agent. Nobody calls it but the JVM;
 * it depends on nothing but java.*.
 */
@NullMarked
package dev.crosspoint.preflight;

import org.jspecify.annotations.NullMarked;
