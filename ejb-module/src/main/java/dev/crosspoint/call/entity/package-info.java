/** Calls as the database keeps them. Used by {@code call.control} only. */
@NullMarked
package dev.crosspoint.call.entity;

import org.jspecify.annotations.NullMarked;
