/** What is kept about admission. Used by the other packages of {@code admission}. */
@NullMarked
package dev.crosspoint.admission.entity;

import org.jspecify.annotations.NullMarked;
