/** Tests of the lease, with a real database. */
@NullMarked
package dev.crosspoint.node.control;

import org.jspecify.annotations.NullMarked;
