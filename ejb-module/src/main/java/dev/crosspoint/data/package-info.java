/**
 * The way to the database: migrations, units of work, and those that only read the past. Used by
 * the {@code control} packages; knows none of them.
 */
@NullMarked
package dev.crosspoint.data;

import org.jspecify.annotations.NullMarked;
