/**
 * The way to the database: migrations, and units of work. Used by the {@code control} packages;
 * knows none of them.
 */
@NullMarked
package dev.crosspoint.data;

import org.jspecify.annotations.NullMarked;
