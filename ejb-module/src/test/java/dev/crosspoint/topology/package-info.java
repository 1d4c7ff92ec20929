/** Tests of the topology policy. */
@NullMarked
package dev.crosspoint.topology;

import org.jspecify.annotations.NullMarked;
