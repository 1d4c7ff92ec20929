/** Tests that hold the direction of the arrows between modules and packages. */
@NullMarked
package dev.crosspoint.architecture;

import org.jspecify.annotations.NullMarked;
