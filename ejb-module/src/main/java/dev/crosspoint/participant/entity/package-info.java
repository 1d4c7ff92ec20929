/** Participants as the database keeps them. Used by {@code call.control} only. */
@NullMarked
package dev.crosspoint.participant.entity;

import org.jspecify.annotations.NullMarked;
