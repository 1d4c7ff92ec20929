/**
 * Transitions and their steps as the database keeps them. Used by {@code call.control} and {@code
 * transition.control}.
 */
@NullMarked
package dev.crosspoint.transition.entity;

import org.jspecify.annotations.NullMarked;
