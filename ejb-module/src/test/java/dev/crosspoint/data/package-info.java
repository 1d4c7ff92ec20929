/** The database of the tests, and what its migrations do. */
@NullMarked
package dev.crosspoint.data;

import org.jspecify.annotations.NullMarked;
